package dev.openaigateway.events;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

/** A refused key is reported if the key is what is refused, and not the content of a request. */
@GatewayTest
class BadKeyAlertTest {

    private static final String LAST = "is at its limit and is benched";

    private final CapturedLog log = new CapturedLog();
    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream west = ScriptedUpstream.start();
    private final TestClock clock = new TestClock();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        start("breaker: { minimum_calls: 10000, window: 10000, open_for: 30 }");
    }

    private void start(String breaker) {
        gateway = TestGateway.builder().clock(clock).settings(breaker + """

                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "%s", supported_models: [gpt-4o, o1], priority: 1 }
                  - { name: west, provider_type: generic, api_key: k, api_base: "%s", supported_models: [gpt-4o], priority: 2 }
                """.formatted(east.uri(), west.uri())).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        east.close();
        west.close();
        log.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void shouldNotReportARequestThatAllInstancesRefuse(int status) {
        for (ScriptedUpstream upstream : List.of(east, west)) {
            upstream.respond(request -> request.text().contains("xyzzy") ? Reply.error(status, "denied", "no") : Reply.chat("ok"));
        }
        for (int i = 0; i < 12; i++) {
            send("xyzzy");
        }
        send("Hello");
        send("another xyzzy");

        assertThat(alerts()).isEmpty();
    }

    @Test
    void shouldReportInstancesThatAllRefuseDifferentRequests() {
        east.respond(Reply.error(401, "invalid_api_key", "no"));
        west.respond(Reply.error(401, "invalid_api_key", "no"));
        send("Hello");
        send("Hello again");

        assertThat(alerts()).containsExactlyInAnyOrder("alert: Instance 'east' refused the gateway's key (401).",
                "alert: Instance 'west' refused the gateway's key (401).");
    }

    @Test
    void shouldBeUnhealthyIfAllRefuseDifferentRequests() {
        gateway.close();
        start("breaker: { minimum_calls: 4, window: 4, open_for: 30 }");
        east.respond(Reply.error(401, "invalid_api_key", "no"));
        west.respond(Reply.error(401, "invalid_api_key", "no"));
        for (int i = 0; i < 5; i++) {
            send("Hello " + i);
        }

        assertThat(gateway.get("/stats/health").body()).contains("\"status\":\"unhealthy\"", "\"healthy_instances\":0");
    }

    @Test
    void shouldReportAnInstanceIfAnotherServesTheRequest() {
        east.enqueue(Reply.error(401, "invalid_api_key", "no"));
        send("Hello");

        assertThat(alerts()).containsExactly("alert: Instance 'east' refused the gateway's key (401).");
    }

    @Test
    void shouldNotReportAnInstanceThatHasJustServedARequest() {
        send("Hello");
        east.enqueue(Reply.error(403, "denied", "no"));
        send("Hello");
        assertThat(alerts()).isEmpty();

        clock.advance(Duration.ofSeconds(30));
        east.enqueue(Reply.error(403, "denied", "no"));
        send("Hello");
        Eventually.holds("it has served none for a while", () -> log.linesWith("refused the gateway's key").size() == 1);
    }

    /** What was served with the former key says nothing about the new one. */
    @Test
    void shouldReportAChangedKeyThatIsRefused() throws IOException {
        send("Hello");
        changeKeyOfEast();
        east.enqueue(Reply.error(401, "invalid_api_key", "no"));
        send("Hello");

        assertThat(alerts()).containsExactly("alert: Instance 'east' refused the gateway's key (401).");
    }

    /** A request with the former key is under way while the settings change. */
    @Test
    void shouldReportAChangedKeyThoughARequestWithTheFormerOneIsServedLater() throws Exception {
        send("Hello");
        Gate held = new Gate();
        east.enqueue(held.holding(Reply.chat("late")));
        CompletableFuture<Void> underWay = CompletableFuture.runAsync(() -> send("held"));
        east.awaitRequests(2);
        changeKeyOfEast();
        held.release();
        underWay.get(10, TimeUnit.SECONDS);
        east.enqueue(Reply.error(401, "invalid_api_key", "no"));
        send("Hello");

        assertThat(alerts()).containsExactly("alert: Instance 'east' refused the gateway's key (401).");
    }

    @Test
    void shouldNotBlameANewKeyForARefusalOfTheFormerOne() throws Exception {
        gateway.close();
        start("breaker: { minimum_calls: 1, window: 1, open_for: 30 }");
        send("Hello");
        Gate held = new Gate();
        east.enqueue(held.holding(Reply.error(401, "invalid_api_key", "no")));
        CompletableFuture<Void> underWay = CompletableFuture.runAsync(() -> send("held"));
        east.awaitRequests(2);
        changeKeyOfEast();
        held.release();
        underWay.get(10, TimeUnit.SECONDS);

        assertThat(gateway.get("/admin/instances").body()).doesNotContain("\"breaker\":\"open\"");
        assertThat(alerts()).isEmpty();
    }

    private void changeKeyOfEast() throws IOException {
        Files.writeString(gateway.settingsFile(), Files.readString(gateway.settingsFile()).replaceFirst("api_key: k,", "api_key: other,"));
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
    }

    private void send(String text) {
        gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}");
    }

    /** Alerts are logged in order, so none can follow one that was raised later. */
    private List<String> alerts() {
        east.enqueue(Reply.rateLimited("retry-after", "60"));
        gateway.chat("o1");
        Eventually.holds("the last alert is logged", () -> !log.linesWith(LAST).isEmpty());
        return log.linesWith("refused the gateway's key");
    }
}
