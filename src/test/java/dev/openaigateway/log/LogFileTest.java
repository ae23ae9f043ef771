package dev.openaigateway.log;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

/** Tests the rollover of the log file and changes of its settings. */
@GatewayTest
class LogFileTest {

    private static final int LONGEST_LINE = 400;

    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream sink = ScriptedUpstream.start();
    private LogFile log;
    private TestGateway gateway;

    @TempDir
    private Path folder;

    @BeforeEach
    void nameFile() {
        log = new LogFile(folder.resolve("made").resolve("gateway.log"));
    }

    @AfterEach
    void stopGateway() {
        if (gateway != null) {
            gateway.close();
        }
        log.close();
        east.close();
        sink.close();
    }

    @Test
    void shouldRollOverBySizeAndKeepTheConfiguredNumberOfFiles() throws IOException {
        start("max_size: 1024, backup_count: 2");
        for (int i = 100; i < 130; i++) {
            send("req-" + i);
            assertThat(log.files().size()).as("after " + i).isLessThanOrEqualTo(3);
        }

        Path newest = log.path();
        assertThat(log.files()).containsExactly(newest, numbered(1), numbered(2));
        for (Path file : log.files()) {
            assertThat(Files.size(file)).as(file.toString()).isLessThan(1024 + LONGEST_LINE);
        }
        List<String> kept = new ArrayList<>();
        List.of(numbered(2), numbered(1), newest).forEach(file -> kept.addAll(idsIn(file)));
        assertThat(idsIn(newest)).endsWith("req-129");
        assertThat(kept).hasSizeBetween(8, 20)
                .isEqualTo(IntStream.range(130 - kept.size(), 130).mapToObj(i -> "req-" + i).toList());
    }

    @Test
    void shouldNotRollOverWhenTheBackupCountIsZero() {
        start("max_size: 1024, backup_count: 0");
        for (int i = 100; i < 120; i++) {
            send("req-" + i);
        }

        assertThat(log.files()).containsExactly(log.path());
        assertThat(idsIn(log.path())).hasSize(20).startsWith("req-100").endsWith("req-119");
    }

    @Test
    void shouldAppendToAnExistingFile() throws IOException {
        Files.createDirectory(log.path().getParent());
        Files.writeString(log.path(), "from before\n");
        start("max_size: 4096");
        send("req-1");

        assertThat(log.lines()).startsWith("from before");
        assertThat(log.files()).hasSize(1);
    }

    @Test
    void shouldApplyALevelOnReload() {
        gateway = TestGateway.builder().settings(withFile("level: WARN")).property("events.webhook.enabled", "true")
                .property("events.webhook.url", sink.uri() + "/hook").start();
        sendWithoutLogging("silent");
        reload("level: INFO");
        send("logged");
        reload("level: ERROR");
        sendWithoutLogging("silent-again");
        reload("level: INFO");
        send("logged-again");

        assertThat(idsIn(log.path())).containsExactly("logged", "logged-again");
    }

    @Test
    void shouldApplyAFormatOnReload() {
        start("format: text");
        send("as-text");
        reload("format: json");
        send("as-json");
        reload("format: text");
        send("as-text-again");

        assertThat(log.linesWith("as-text")).allMatch(line -> line.contains(" access - request_id=as-text")).hasSize(2);
        assertThat(log.linesWith("as-json")).singleElement().asString().startsWith("{").endsWith("}");
    }

    @Test
    void shouldApplySizeAndCountOnReload() {
        start("max_size: 1024, backup_count: 0");
        IntStream.range(0, 8).forEach(i -> send("req-" + i));
        reload("max_size: 1024, backup_count: 1");
        IntStream.range(8, 24).forEach(i -> send("req-" + i));

        assertThat(log.files()).containsExactly(log.path(), numbered(1));
        assertThat(idsIn(log.path())).endsWith("req-23");
    }

    @Test
    void shouldSwitchToAnotherFileAndToNoneOnReload() throws IOException {
        start("level: INFO");
        send("in-first");
        LogFile second = new LogFile(folder.resolve("second.log"));
        Files.writeString(gateway.settingsFile(), settings("file: \"" + second.path() + "\""));
        gateway.post("/config/reload", "");
        gateway.chat("gpt-4o", "x-request-id", "in-second");
        second.await("request_id=in-second");
        Files.writeString(gateway.settingsFile(), settings("level: INFO"));
        gateway.post("/config/reload", "");
        try (CapturedLog console = new CapturedLog()) {
            gateway.chat("gpt-4o", "x-request-id", "in-none");
            Eventually.holds("the console has the line", () -> !console.linesWith("in-none").isEmpty());
        }

        assertThat(idsIn(log.path())).containsExactly("in-first");
        assertThat(idsIn(second.path())).containsExactly("in-second");
    }

    /** Root has the rights to write everywhere; nothing can be created in {@code /proc} nevertheless. */
    @ParameterizedTest
    @CsvSource({"made/gateway.log, a part of its path is not a folder", "'', it is a folder", "/proc/gateway.log, (no file can be created there|permission denied)",
        "/proc/new/gateway.log, (no file can be created there|permission denied)"})
    void shouldNotStartWithAFileThatCannotBeWritten(String name, String reason) throws IOException {
        assumeThat(!name.startsWith("/proc") || Files.isDirectory(Path.of("/proc/self"))).isTrue();
        Files.writeString(folder.resolve("made"), "no folder");
        Path wrong = folder.resolve(name);

        assertThatThrownBy(() -> TestGateway.start(settings("file: \"" + wrong + "\"")))
                .hasMessageMatching("(?s).*logging.file \"" + wrong + "\" must be a file that can be written: " + reason);
        assertThat(folder).isDirectoryNotContaining(file -> !file.endsWith("made"));
    }

    @Test
    void shouldKeepItsLogWhenTheNewFileCannotBeWritten() throws IOException {
        start("level: INFO");
        Files.writeString(gateway.settingsFile(), settings("file: \"" + folder + "\""));

        HttpResponse<String> refused = gateway.post("/config/reload", "");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("logging.file", "must be a file that can be written");
        send("still-here");
    }

    private String settings(String logging) {
        return """
                admin: { watch_files: false }
                logging: { %s }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(logging, east.uri());
    }

    private String withFile(String logging) {
        return settings("file: \"" + log.path() + "\", " + logging);
    }

    private void start(String logging) {
        gateway = TestGateway.start(withFile(logging));
    }

    private void reload(String logging) {
        try {
            Files.writeString(gateway.settingsFile(), withFile(logging));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }

    private void send(String id) {
        gateway.chat("gpt-4o", "x-request-id", id);
        log.await(id);
    }

    /** A record goes to the log first, and then to the webhook. */
    private void sendWithoutLogging(String id) {
        gateway.chat("gpt-4o", "x-request-id", id);
        Eventually.holds("the webhook has the record", () -> sink.requests().stream().anyMatch(record -> record.text().contains(id)));
    }

    private Path numbered(int number) {
        return log.path().resolveSibling("gateway.log." + number);
    }

    private static List<String> idsIn(Path file) {
        return LogFile.linesOf(file).stream().filter(line -> line.contains("request_id="))
                .map(line -> line.replaceAll(".*request_id=(\\S+).*", "$1")).toList();
    }
}
