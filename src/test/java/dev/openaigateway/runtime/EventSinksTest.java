package dev.openaigateway.runtime;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;

import static org.assertj.core.api.Assertions.assertThat;

class EventSinksTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream sink = ScriptedUpstream.start();
    private final TestClock clock = new TestClock();
    private TestGateway gateway;

    @TempDir
    private Path folder;

    private TestGateway.Builder builder(String more) {
        return TestGateway.builder().clock(clock).settings("""
                admin: { watch_files: false }
                %s
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(more, east.uri()));
    }

    private TestGateway.Builder webhook() {
        return builder("").property("events.webhook.enabled", "true").property("events.webhook.url", sink.uri() + "/hook");
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
        east.close();
        sink.close();
    }

    @Test
    void shouldSendAlertsToFeishu() throws IOException {
        gateway = builder("logging: { feishu_webhook: \"" + sink.uri() + "/bot/secret-hook\" }").start();
        east.enqueue(Reply.error(401, "bad", "bad key"));
        gateway.chat("gpt-4o");

        RecordedRequest message = sink.awaitRequests(1, PATIENCE).get(0);

        assertThat(message.target()).isEqualTo("/bot/secret-hook");
        assertThat(message.header("content-type")).startsWith("application/json");
        JsonNode text = JSON.readTree(message.text());
        assertThat(text.at("/msg_type").asText()).isEqualTo("text");
        assertThat(text.at("/content/text").asText()).isEqualTo(
                "[Camel OpenAI Gateway] bad_instance_key: Instance 'east' refuses its key (401).");
    }

    @Test
    void shouldTakeUpAFeishuWebhookByReload() throws IOException {
        gateway = builder("").start();
        String settings = Files.readString(gateway.settingsFile());
        Files.writeString(gateway.settingsFile(), settings + "logging: { feishu_webhook: \"" + sink.uri() + "/bot\" }\n");
        gateway.post("/config/reload", "");
        east.enqueue(Reply.error(401, "bad", "bad key"));

        gateway.chat("gpt-4o");

        assertThat(sink.awaitRequests(1, PATIENCE)).isNotEmpty();
    }

    @Test
    void shouldSendUsageAndAlertsToAnyWebhook() throws IOException {
        gateway = webhook().start();
        gateway.chat("gpt-4o", "x-request-id", "mine");
        JsonNode usage = JSON.readTree(sink.awaitRequests(1, PATIENCE).get(0).text());
        east.enqueue(Reply.error(401, "bad", "bad key"));
        gateway.chat("gpt-4o");

        assertThat(usage.at("/event").asText()).isEqualTo("usage");
        assertThat(usage.at("/request_id").asText()).isEqualTo("mine");
        assertThat(usage.at("/completion_tokens").asInt()).isEqualTo(12);
        assertThat(sink.awaitRequests(4, PATIENCE)).anyMatch(request -> request.text().contains("\"event\":\"alert\""));
    }

    @Test
    void shouldNotSlowRequestsWhenASinkHangs() {
        sink.answer(Reply.stall());
        gateway = webhook().property("events.queue", "5").start();
        gateway.chat("gpt-4o");
        sink.awaitRequests(1, PATIENCE);

        long begun = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        await(() -> metric("gateway_events_dropped_total") >= 15);
    }

    @Test
    void shouldCountWhatASinkRefuses() {
        sink.answer(Reply.error(500, "full", "full"));
        gateway = webhook().start();
        gateway.chat("gpt-4o");
        gateway.chat("gpt-4o");

        await(() -> metric("gateway_events_failed_total") == 2);
    }

    @Test
    void shouldKeepUsageInATableAndReadLongRangesFromIt() throws IOException {
        gateway = builder("").property("events.sql.enabled", "true")
                .property("events.sql.url", "jdbc:sqlite:" + folder.resolve("usage.db")).start();
        assertThat(usage("metric=requests&window=7200").at("/points/119/value").asInt()).isZero();
        gateway.chat("gpt-4o");
        clock.advance(Duration.ofDays(2));
        gateway.chat("gpt-4o");
        gateway.chat("gpt-5");

        await(() -> usage("metric=requests&window=7200").at("/points/119/value").asInt() == 2);
        JsonNode usage = usage("metric=requests&window=7200");
        assertThat(usage.at("/interval_seconds").asInt()).isEqualTo(3600);
        assertThat(usage.at("/points")).hasSize(120);
        assertThat(usage.at("/points/71/value").asInt()).isEqualTo(1);
        assertThat(usage("metric=tokens&window=7200&model=gpt-5").at("/points/119/value").asInt()).isEqualTo(21);
        assertThat(usage("metric=errors&window=7200&instance=east").at("/points/119/value").asInt()).isZero();
        assertThat(usage("metric=latency&window=7200&client=anonymous").at("/points/119/value").asDouble()).isPositive();
        assertThat(usage("metric=requests&window=7200&client=nobody").at("/points/119/value").asInt()).isZero();
    }

    private JsonNode usage(String query) {
        try {
            return JSON.readTree(gateway.get("/stats/usage?" + query).body());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private double metric(String name) {
        return gateway.get("/metrics").body().lines().filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1))).sum();
    }

    private static void await(Supplier<Boolean> condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.get()) {
            assertThat(System.nanoTime()).as("waited " + PATIENCE).isLessThan(deadline);
        }
    }
}
