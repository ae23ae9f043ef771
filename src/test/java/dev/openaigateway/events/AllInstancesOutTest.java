package dev.openaigateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Alerts about an outage over real HTTP: neither invented names of models nor limits may hide one or pass for one. */
@GatewayTest
class AllInstancesOutTest {

    private static final String UNKNOWN_OUT = "No instance could take a request for model 'unknown'.";
    private static final String OUT = "No instance could take a request for model 'gpt-4o'.";
    private static final String REFUSED_KEY = "Instance 'east' refused the gateway's key (401).";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final TestClock clock = new TestClock();
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void shouldNeitherFloodNorMuteForNamesThatClientsInvent() {
        start("minimum_calls: 10000, window: 10000");
        upstream.respond(Reply.error(500, "boom", "boom"));
        IntStream.range(0, 1_010).parallel().forEach(i -> gateway.chat("invented-" + i));
        gateway.chat("gpt-4o");
        upstream.respond(Reply.error(401, "invalid_api_key", "no"));
        gateway.chat("gpt-4o");
        gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"messages\":[],\"temperature\":1}");

        Eventually.holds("each alert is raised", () -> alerts().containsAll(List.of(UNKNOWN_OUT, OUT, REFUSED_KEY)));
        assertThat(alerts()).hasSize(4).contains("Instance 'any' refused the gateway's key (401).");
    }

    @Test
    void shouldReportTheBreakersOfInventedNamesOnce() {
        start("window: 4, minimum_calls: 4");
        upstream.respond(Reply.error(500, "boom", "boom"));
        for (int i = 0; i < 12; i++) {
            gateway.chat("invented-" + i / 4);
        }

        Eventually.holds("the breaker opens", () -> alerts().contains("The breaker of instance 'any' for 'unknown' opened."));
        assertThat(alerts()).filteredOn(alert -> alert.startsWith("The breaker")).hasSize(1);
    }

    @Test
    void shouldReportAModelUnderItsNameOnceAnInstanceServedIt() {
        start("");
        upstream.enqueue(Reply.chat("Hello!"));
        upstream.respond(Reply.reset());
        gateway.chat("served");
        gateway.chat("served");

        Eventually.holds("the outage is reported", () -> alerts().contains("No instance could take a request for model 'served'."));
    }

    @Test
    void shouldReportAnOutageSoonAfterALimit() {
        start("");
        upstream.respond(Reply.rateLimited("retry-after", "1"));
        gateway.chat("gpt-4o");
        clock.advance(Duration.ofMinutes(3));
        upstream.respond(Reply.reset());
        gateway.chat("gpt-4o");

        Eventually.holds("both are reported", () -> alerts().equals(List.of(OUT, "All instances for model 'gpt-4o' are at their limit.")));
    }

    @Test
    void shouldNotTakeAnUnknownModelForAnOutage() {
        start("");
        upstream.enqueue(Reply.error(404, "model_not_found", "no such model"));
        gateway.chat("invented");
        upstream.respond(Reply.reset());
        gateway.chat("gpt-4o");

        Eventually.holds("the outage is reported", () -> !alerts().isEmpty());
        assertThat(alerts()).containsExactly(OUT);
    }

    private void start(String breaker) {
        gateway = TestGateway.builder().clock(clock).settings("""
                admin: { watch_files: false }
                breaker: { %1$s }
                instances:
                  - { name: any, provider_type: generic, api_key: k, api_base: "%2$s" }
                  - { name: east, provider_type: generic, api_key: k, api_base: "%2$s", supported_models: [gpt-4o] }
                """.formatted(breaker, upstream.uri())).start();
    }

    /** The newest first. */
    private List<String> alerts() {
        try {
            List<String> messages = new ArrayList<>();
            JsonNode rows = new ObjectMapper().readTree(gateway.get("/admin/alerts?limit=500").body()).get("data");
            rows.forEach(row -> messages.add(row.get("message").asText()));
            return messages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
