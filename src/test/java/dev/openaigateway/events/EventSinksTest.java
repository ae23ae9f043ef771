package dev.openaigateway.events;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class EventSinksTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CapturedLog log = new CapturedLog();
    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream sink = ScriptedUpstream.start();
    private TestGateway gateway;

    private TestGateway.Builder builder(String more) {
        return TestGateway.builder().settings("""
                admin: { watch_files: false }
                %s
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(more, east.uri()));
    }

    private TestGateway.Builder webhook(String more) {
        return builder(more).property("events.webhook.enabled", "true").property("events.webhook.url", sink.uri() + "/hook");
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
        east.close();
        sink.close();
        log.close();
    }

    @Test
    void shouldSendAlertsToFeishu() throws IOException {
        gateway = builder("logging: { feishu_webhook: \"" + sink.uri() + "/bot/secret-hook\" }").start();
        east.enqueue(Reply.error(401, "bad", "bad key"));
        gateway.chat("gpt-4o");

        RecordedRequest message = sink.awaitRequests(1).get(0);

        assertThat(message.target()).isEqualTo("/bot/secret-hook");
        assertThat(message.header("content-type")).startsWith("application/json");
        JsonNode text = JSON.readTree(message.text());
        assertThat(text.at("/msg_type").asText()).isEqualTo("text");
        assertThat(text.at("/content/text").asText()).isEqualTo(
                "[Camel OpenAI Gateway] bad_instance_key: Instance 'east' refused the gateway's key (401).");
    }

    @Test
    void shouldApplyAFeishuWebhookOnReload() throws IOException {
        gateway = builder("").start();
        String settings = Files.readString(gateway.settingsFile());
        Files.writeString(gateway.settingsFile(), settings + "logging: { feishu_webhook: \"" + sink.uri() + "/bot\" }\n");
        gateway.post("/config/reload", "");
        east.enqueue(Reply.error(401, "bad", "bad key"));

        gateway.chat("gpt-4o");

        assertThat(sink.awaitRequests(1)).isNotEmpty();
    }

    @Test
    void shouldSendUsageAndAlertsToAnyWebhook() throws IOException {
        gateway = webhook("").start();
        gateway.chat("gpt-4o", "x-request-id", "mine");
        JsonNode usage = JSON.readTree(sink.awaitRequests(1).get(0).text());
        east.enqueue(Reply.rateLimited("retry-after", "60"));
        gateway.chat("gpt-4o");

        assertThat(usage.at("/event").asText()).isEqualTo("usage");
        assertThat(usage.at("/request_id").asText()).isEqualTo("mine");
        assertThat(usage.at("/completion_tokens").asInt()).isEqualTo(12);
        assertThat(sink.awaitRequests(4)).anyMatch(request -> request.text().contains("\"event\":\"alert\""));
    }

    @Test
    void shouldNotDelayRequestsWhenASinkHangs() {
        sink.respond(Reply.stall());
        gateway = webhook("streams: { drain: 0 }").property("events.queue", "5").start();
        gateway.chat("gpt-4o");
        sink.awaitRequests(1);

        long begun = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
        Eventually.holds("most are dropped", () -> gateway.metric("gateway_events_dropped_total") >= 10);
        // The stop of the gateway would wait for the sink.
        sink.close();
    }

    @Test
    void shouldCountEventsThatASinkRefuses() {
        sink.respond(Reply.error(500, "full", "full"));
        gateway = webhook("").start();
        gateway.chat("gpt-4o");
        gateway.chat("gpt-4o");

        Eventually.holds("both are refused", () -> gateway.metric("gateway_events_failed_total") == 2);
        assertThat(gateway.get("/metrics").body()).contains("dropped because a queue was full, or left in a queue at a stop");
    }

    @Test
    void shouldLogTheFailuresOfEachRoute() {
        sink.respond(Reply.error(500, "full", "full"));
        gateway = webhook("").start();
        gateway.chat("gpt-4o");
        gateway.chat("gpt-4o");
        Eventually.holds("two usage records are refused", () -> gateway.metric("gateway_events_failed_total") == 2);

        east.enqueue(Reply.error(401, "bad", "bad key"));
        gateway.chat("gpt-4o");

        Eventually.holds("the alert is refused too", () -> !log.linesWith("Route 'alert-webhook'").isEmpty());
        assertThat(log.linesWith("could not deliver")).hasSize(2)
                .anyMatch(line -> line.contains("Route 'usage-webhook'") && line.endsWith("; 1 of its events failed so far"))
                .anyMatch(line -> line.contains("Route 'alert-webhook'") && line.endsWith("; 1 of its events failed so far"));
    }

    @Test
    void shouldDeliverWhatIsQueuedBeforeItStops() {
        Gate gate = new Gate();
        sink.respond(request -> gate.holding(Reply.chat("taken")));
        gateway = webhook("").start();
        for (int i = 0; i < 20; i++) {
            gateway.chat("gpt-4o");
        }
        sink.awaitRequests(1);

        CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::close);
        Eventually.holds("it stops", () -> !log.linesWith("stops; requests in flight: 0, ").isEmpty());
        gate.open();
        stopped.join();

        assertThat(sink.requests()).hasSize(20);
        assertThat(log.linesWith("left when its time to drain ended")).isEmpty();
    }

    @Test
    void shouldCountAndLogWhatItDropsWhenItStops() {
        sink.respond(Reply.stall());
        gateway = webhook("streams: { drain: 0 }").start();
        for (int i = 0; i < 20; i++) {
            gateway.chat("gpt-4o");
        }
        sink.awaitRequests(1);
        EventQueues<?> queues = gateway.main().lookup("eventQueues", EventQueues.class);

        gateway.close();

        int dropped = 20 - sink.requests().size();
        assertThat(log.linesWith("left when its time to drain ended")).singleElement().asString()
                .contains("Queue 'seda:usage-webhook' had " + dropped + " messages left");
        assertThat(queues.dropped()).isEqualTo(dropped);
    }
}
