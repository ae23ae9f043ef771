package dev.openaigateway.events;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Alerts over real HTTP: each condition is reported once, not once per request. */
@GatewayTest
class AlertsTest {

    private final CapturedLog log = new CapturedLog();
    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final TestClock clock = new TestClock();
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        east.close();
        log.close();
    }

    @Test
    void shouldReportOnceThatABreakerOpenedAndOnceThatItClosed() {
        start("breaker: { window: 4, minimum_calls: 4, open_for: 30, probes: 1 }", "");
        east.respond(Reply.error(500, "boom", "boom"));
        send(20);
        for (int failedProbes = 0; failedProbes < 3; failedProbes++) {
            clock.advance(Duration.ofSeconds(31));
            send(2);
        }
        east.respond(Reply.chat("recovered"));
        clock.advance(Duration.ofSeconds(31));
        send(3);

        assertThat(alerts("breaker")).containsExactly("alert: The breaker of instance 'east' for 'gpt-4o' opened.",
                "alert: The breaker of instance 'east' for 'gpt-4o' closed.");
    }

    @Test
    void shouldReportOnceThatAnInstanceHasNoCredit() {
        start("", "");
        east.respond(Reply.error(429, "insufficient_quota", "You exceeded your current quota."));
        sendAnother();
        send(5);

        assertThat(alerts("is benched")).singleElement().asString()
                .startsWith("alert: Instance 'east' ").endsWith(" and is benched for 600 s.");
    }

    @Test
    void shouldReportAnInstanceThatDemandsPayment() {
        start("", "");
        east.respond(Reply.error(402, "x", "Insufficient Balance"));
        sendAnother();
        send(3);

        assertThat(alerts("is benched")).singleElement().asString().contains("is out of credit and is benched for 600 s.");
    }

    @Test
    void shouldNotReportAShortBench() {
        start("", "");
        east.enqueue(Reply.rateLimited("retry-after", "59"));
        send(1);

        assertThat(alerts("is benched")).isEmpty();
    }

    @Test
    void shouldReportOnceABadKeyAndAgainAfterFiveMinutes() {
        start("breaker: { minimum_calls: 10000, window: 10000 }", "");
        east.respond(Reply.error(401, "invalid_api_key", "no"));
        send(5);
        assertThat(alerts("refused the gateway's key")).containsExactly("alert: Instance 'east' refused the gateway's key (401).");

        clock.advance(Duration.ofMinutes(5).plusMillis(1));
        send(5);
        assertThat(alerts("refused the gateway's key")).hasSize(2);
    }

    @Test
    void shouldReportConcurrentRequestsOnce() {
        start("breaker: { minimum_calls: 10000, window: 10000 }", "");
        east.respond(Reply.error(401, "invalid_api_key", "no"));
        IntStream.range(0, 64).parallel().forEach(i -> gateway.chat("gpt-4o"));

        assertThat(east.requests()).hasSize(64);
        assertThat(alerts("refused the gateway's key")).hasSize(1);
        assertThat(alerts("No instance could take")).hasSize(1);
    }

    @Test
    void shouldReportOnceThatNoInstanceIsLeft() {
        start("", "");
        east.respond(Reply.reset());
        send(10);

        assertThat(alerts("No instance")).containsExactly("alert: No instance could take a request for model 'gpt-4o'.");
    }

    @Test
    void shouldNotReportAnInstanceThatAnotherReplaces() throws IOException {
        try (ScriptedUpstream west = ScriptedUpstream.start()) {
            gateway = TestGateway.builder().clock(clock).settings(settings("", "") + """
                      - { name: west, provider_type: generic, api_base: "%s", supported_models: [gpt-4o], priority: 200 }
                    """.formatted(west.uri())).start();
            east.respond(Reply.reset());
            send(3);

            assertThat(west.requests()).hasSize(3);
            assertThat(alerts("No instance")).isEmpty();
        }
    }

    @Test
    void shouldReportThatHealthChecksFailAndPassAgain() {
        east.respond(Reply.error(500, "boom", "boom"));
        start("", ", health_interval: 1");
        await(() -> !log.linesWith("fails its health check").isEmpty());
        east.respond(Reply.chat("well"));
        await(() -> {
            clock.advance(Duration.ofSeconds(1));
            return !log.linesWith("passes its health check").isEmpty();
        });

        assertThat(alerts("health check")).containsExactly("alert: Instance 'east' fails its health check.",
                "alert: Instance 'east' passes its health check.");
    }

    @Test
    void shouldReportInOneLineAndOnceThatAReloadFailed() throws IOException {
        start("", "");
        Files.writeString(gateway.settingsFile(), "logging: { level: LOUD, format: prose }\ninstances: []\n");
        for (int i = 0; i < 3; i++) {
            assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(400);
        }

        assertThat(alerts("cannot be applied")).singleElement().asString().hasLineCount(1)
                .startsWith("alert: The files on disk cannot be applied: " + gateway.settingsFile() + ":1: logging.level \"LOUD\"")
                .contains("; " + gateway.settingsFile() + ":1: logging.format \"prose\"");
    }

    @Test
    void shouldReportAgainAReloadThatFailsAfterAGoodOne() throws IOException {
        start("", "");
        String good = Files.readString(gateway.settingsFile());
        for (String text : List.of("bad: 1", good, "bad: 1", "worse: 1")) {
            Files.writeString(gateway.settingsFile(), text);
            gateway.post("/config/reload", "");
        }

        assertThat(alerts("cannot be applied")).hasSize(3);
    }

    @Test
    void shouldReportOnceABadFileThatTheWatchFinds() throws IOException {
        gateway = TestGateway.start(settings("", "").replace("watch_files: false", "watch_files: true"));
        Files.writeString(gateway.settingsFile(), "instances: [\n");
        await(() -> !log.linesWith("cannot be applied").isEmpty());

        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(400);
        assertThat(alerts("cannot be applied")).hasSize(1);
    }

    private String settings(String more, String ofInstance) {
        return """
                admin: { watch_files: false }
                %s
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "%s", supported_models: [gpt-4o]%s }
                """.formatted(more, east.uri(), ofInstance);
    }

    private void start(String more, String ofInstance) {
        gateway = TestGateway.builder().clock(clock).settings(settings(more, ofInstance)).start();
    }

    private void send(int times) {
        for (int i = 0; i < times; i++) {
            gateway.chat("gpt-4o");
        }
    }

    /** A request that differs from those of {@link #send}. */
    private void sendAnother() {
        gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[],\"temperature\":1}");
    }

    /** Alerts are logged in order, so none can follow one that was raised later. */
    private List<String> alerts(String text) {
        int before = log.linesWith("alert: The files on disk cannot be applied").size();
        try {
            String settings = Files.readString(gateway.settingsFile());
            Files.writeString(gateway.settingsFile(), "last_alert_" + before + ": 1");
            gateway.post("/config/reload", "");
            await(() -> log.linesWith("cannot be applied").stream().anyMatch(line -> line.contains("last_alert_" + before)));
            List<String> reported = log.linesWith(text).stream().filter(line -> !line.contains("last_alert_")).toList();
            Files.writeString(gateway.settingsFile(), settings);
            return reported;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void await(BooleanSupplier condition) {
        Eventually.holds("the alert is logged", condition);
    }
}
