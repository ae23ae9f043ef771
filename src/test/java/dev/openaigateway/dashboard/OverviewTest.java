package dev.openaigateway.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway with a thousand instances. Two of them, east and west, serve gpt-4o. */
@GatewayTest
class OverviewTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final ScriptedUpstream EAST = ScriptedUpstream.start();
    private static final ScriptedUpstream WEST = ScriptedUpstream.start();
    private static final TestClock CLOCK = new TestClock();
    private static TestGateway gateway;

    @BeforeAll
    static void startGateway() {
        StringBuilder settings = new StringBuilder("instances:\n");
        settings.append("  - { name: east, provider_type: generic, api_base: \"" + EAST.uri() + "\", priority: 1, max_tpm: 240000, supported_models: [gpt-4o] }\n");
        settings.append("  - { name: west, provider_type: generic, api_base: \"" + WEST.uri() + "\", priority: 2, tags: [spare], supported_models: [gpt-4o] }\n");
        for (int i = 0; i < 998; i++) {
            settings.append("  - { name: other-" + i + ", provider_type: generic, api_base: \"" + WEST.uri() + "\", max_tpm: 1000, supported_models: [gpt-5] }\n");
        }
        gateway = TestGateway.builder().clock(CLOCK).settings(settings.toString()).start();
        EAST.enqueue(Reply.rateLimited("retry-after-ms", "600000"));
        WEST.enqueue(Reply.chat("Hi", 7, 5), Reply.chatStream("a", "b"), Reply.error(400, "bad", "no"));
        gateway.chat("gpt-4o");
        gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}");
        gateway.chat("gpt-4o");
        CLOCK.advance(Duration.ofSeconds(10));
    }

    @AfterAll
    static void stopGateway() {
        gateway.close();
        EAST.close();
        WEST.close();
    }

    @Test
    void shouldAgreeWithTheStatistics() {
        JsonNode minute = overview("").path("last_minute");
        JsonNode stats = json("/stats").path("total");

        assertThat(minute.path("requests").asInt()).isEqualTo(3);
        assertThat(minute.path("errors").asInt()).isEqualTo(1);
        for (String figure : new String[] {"requests", "errors", "tokens", "retries", "errors_by_kind", "latency_ms", "time_to_first_token_ms"}) {
            assertThat(minute.path(figure)).as(figure).isEqualTo(stats.path(figure));
        }
    }

    @Test
    void shouldCountEachRequestInOneIntervalOfTheSeries() {
        JsonNode points = overview("").path("points");

        assertThat(points.findValues("requests").stream().mapToInt(JsonNode::asInt).sum()).isEqualTo(3);
        assertThat(points.findValues("prompt_tokens").stream().mapToInt(JsonNode::asInt).sum()).isGreaterThanOrEqualTo(7);
        long first = points.path(0).path("time").asLong();
        assertThat(overview("?since=" + first).path("points").size()).isEqualTo(points.size() - 1);
    }

    @Test
    void shouldShowWhyAnInstanceIsOut() {
        JsonNode east = overview("?search=EAST").at("/instances/data/0");

        assertThat(east.path("name").asText()).isEqualTo("east");
        assertThat(east.path("status").asText()).isEqualTo("rate_limited");
        assertThat(east.path("why").asText()).isNotEmpty();
        assertThat(east.path("seconds_left").asDouble()).isBetween(500.0, 600.0);
        assertThat(east.path("last_error").asText()).isNotEmpty();
        assertThat(east.path("failed").asInt()).isEqualTo(1);
        assertThat(east.at("/limits/0/limit").asInt()).isEqualTo(240_000);
        assertThat(east.at("/models/0/model").asText()).isEqualTo("gpt-4o");
        assertThat(overview("?search=west").at("/instances/data/0/requests").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"'',1000,60", "?search=spare,1,1", "?search=gpt-5,998,60", "?status=rate_limited,1,1", "?status=healthy&limit=1000,999,999", "?search=none,0,0",
        "?offset=990&limit=60,1000,10", "?limit=0,1000,0", "?search=other-99&offset=1&limit=5,9,5"})
    void shouldSelectInstances(String query, int matching, int shown) {
        JsonNode instances = overview(query).path("instances");

        assertThat(instances.path("total").asInt()).isEqualTo(1000);
        assertThat(instances.at("/by_status/healthy").asInt()).isEqualTo(999);
        assertThat(instances.path("matching").asInt()).isEqualTo(matching);
        assertThat(instances.path("data")).hasSize(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=-1", "?limit=1001", "?offset=-1", "?limit=many", "?since=now"})
    void shouldRefuseAWrongParameter(String query) throws JsonProcessingException {
        String parameter = query.substring(1, query.indexOf('='));

        var response = gateway.get("/admin/overview" + query);
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(response.body()).at("/error/param").asText()).isEqualTo(parameter);
    }

    /** A poll of the page costs the same whatever the number of instances. */
    @Test
    void shouldBeSmallForAThousandInstances() {
        assertThat(gateway.get("/admin/overview?since=" + CLOCK.instant().getEpochSecond()).body().length()).isLessThan(60_000);
    }

    private static JsonNode overview(String query) {
        return json("/admin/overview" + query);
    }

    private static JsonNode json(String path) {
        var response = gateway.get(path);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
