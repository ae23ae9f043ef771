package dev.openaigateway.reload;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

@GatewayTest
class WatchFilesTest {

    @Test
    void shouldIgnoreChangesOfUnwatchedFiles() throws IOException {
        try (TestGateway idle = TestGateway.start(named("before", false)); TestGateway watching = TestGateway.start(named("before", true))) {
            // when
            Files.writeString(idle.settingsFile(), named("after", false));
            for (String name : new String[] {"once", "twice"}) {
                Files.writeString(watching.settingsFile(), named(name, true));
                Eventually.holds(name + " is active", () -> name(watching).equals(name));
            }
            // then
            assertThat(name(idle)).as("both gateways poll equally often").isEqualTo("before");
            idle.post("/config/reload", "");
            assertThat(name(idle)).isEqualTo("after");
        }
    }

    @Test
    void shouldLogWhatHasChangedAndEachMistakeOnce() throws IOException {
        try (CapturedLog log = new CapturedLog(); TestGateway gateway = TestGateway.start(named("before", true))) {
            Files.writeString(gateway.settingsFile(), named("after", true) + "routing: { timeout: often }\n");
            Eventually.holds("the mistake is told, and in an alert too", () -> log.linesWith("often").size() == 2);
            Files.writeString(gateway.settingsFile(), named("after", true) + "routing: { timeout: 90 }\n");
            Eventually.holds("the settings are active", () -> !log.linesWith("Active settings").isEmpty());

            assertThat(log.linesWith("often")).hasSize(2).anyMatch(line -> line.startsWith("alert: The files on disk cannot be applied: "))
                    .anyMatch(line -> line.contains("The files on disk are refused; the active settings, rules and event routes stay: "));
            assertThat(log.linesWith("Active settings")).singleElement().asString().endsWith("; changed: name, routing.timeout");
        }
    }

    /** A copy can keep the time of the last change, and the files of a mounted volume may all have the same one. */
    @Test
    void shouldNoticeAChangeThatKeepsSizeAndTime() throws IOException {
        try (TestGateway gateway = TestGateway.start(named("before", true))) {
            Path file = gateway.settingsFile();
            FileTime time = Files.getLastModifiedTime(file);
            Files.writeString(file, named("behind", true));
            Files.setLastModifiedTime(file, time);
            Eventually.holds("the change in place is active", () -> name(gateway).equals("behind"));

            Path copy = file.resolveSibling("copy.tmp");
            Files.writeString(copy, named("beyond", true));
            Files.setLastModifiedTime(copy, time);
            Files.move(copy, file, StandardCopyOption.REPLACE_EXISTING);
            Eventually.holds("the replaced file is active", () -> name(gateway).equals("beyond"));
        }
    }

    @Test
    void shouldReportAFileThatIsNotReadBecauseOfItsName() throws IOException {
        GatewayFolder folder = GatewayFolder.copy();
        String settings = named("same", true);
        try (CapturedLog log = new CapturedLog(); TestGateway gateway = TestGateway.builder().folder(folder.path()).settings(settings).start()) {
            Path slip = folder.write("routes/rules.camel.yml", "- route: { id: a, from: { uri: direct:a, steps: [ { to: \"instance:east\" } ] } }\n")
                    .path().resolve("routes/rules.camel.yml");
            Eventually.holds("the slip is told, and in an alert too", () -> log.linesWith("rules.camel.yml").size() == 2);
            assertThat(log.linesWith("rules.camel.yml")).allMatch(line -> line.contains("is not read because of its name; did you mean \"rules.camel.yaml\"?"));

            Files.delete(slip);
            Eventually.holds("the files are active", () -> !log.linesWith("Active settings").isEmpty());
            assertThat(name(gateway)).isEqualTo("same");
        }
    }

    private static String named(String name, boolean watched) {
        return "name: " + name + "\nadmin: { watch_files: " + watched + " }\n";
    }

    private static String name(TestGateway gateway) {
        return gateway.get("/config").body().replaceAll(".*\"settings\":\\{\"name\":\"([^\"]*)\".*", "$1");
    }

    /** It must not keep the watch from the other files. The user root may read anything. */
    @Test
    void shouldRefuseAFolderOfRulesThatCannotBeRead() throws IOException {
        GatewayFolder folder = GatewayFolder.copy();
        try (CapturedLog log = new CapturedLog(); TestGateway gateway = TestGateway.builder().folder(folder.path()).settings(named("before", true)).start()) {
            Path rules = Files.createDirectories(folder.path().resolve("routes/rules"));
            Files.setPosixFilePermissions(rules, PosixFilePermissions.fromString("---------"));
            assumeFalse(Files.isReadable(rules));
            Eventually.holds("the folder is refused", () -> log.linesWith("routes/rules: is a folder that cannot be read").size() == 2);
            assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(400);

            Files.delete(rules);
            Files.writeString(gateway.settingsFile(), named("after", true));
            Eventually.holds("the settings are active", () -> name(gateway).equals("after"));
        }
    }
}
