package dev.openaigateway.routing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** What one model of an instance earned does not keep the other models away; what the account or the host earned does. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeploymentHealthTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final TestClock clock = new TestClock();
    private TestGateway gateway;

    @BeforeAll
    void start() {
        gateway = TestGateway.builder().clock(clock).settings("""
                breaker: { window: 4, minimum_calls: 4, probes: 1 }
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "%s", supported_models: [limited, free, twin],
                      model_deployments: { twin: limited } }
                  - { name: any, provider_type: generic, api_key: k, api_base: "%s", priority: 200, supported_models: ["*", other] }
                """.formatted(upstream.uri(), upstream.uri())).start();
    }

    @BeforeEach
    void reset() {
        gateway.put("/admin/instances/any/config", "{\"enabled\": false}");
        gateway.post("/admin/instances/east/reset", "");
        gateway.post("/admin/instances/any/reset", "");
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({"429, 429", "503, 503", "529, 529"})
    void shouldBenchTheModelThatIsLimitedAndNoOther(int status, int told) {
        limitedResponds(Reply.error(status, "x", "y").header("retry-after", "30"));
        gateway.chat("limited");
        int before = upstream.requests().size();

        HttpResponse<String> limited = gateway.chat("limited");

        assertThat(limited.statusCode()).isEqualTo(told == 429 ? 429 : 503);
        assertThat(limited.headers().firstValue("retry-after")).hasValue("30");
        assertThat(available("limited")).isZero();
        assertThat(available("free")).isEqualTo(1);
        assertThat(available("")).isEqualTo(1);
        assertThat(gateway.chat("twin").statusCode()).as("of the same deployment").isEqualTo(limited.statusCode());
        assertThat(gateway.chat("free").statusCode()).isEqualTo(200);
        assertThat(upstream.requests()).hasSize(before + 1);
    }

    @Test
    void shouldOpenTheBreakerOfTheModelThatFailsAndNoOther() throws IOException {
        limitedResponds(Reply.error(500, "boom", "boom"));
        for (int i = 0; i < 4; i++) {
            gateway.chat("limited");
        }

        assertThat(gateway.chat("free").statusCode()).isEqualTo(200);
        assertThat(admin("limited").at("/breaker").asText()).isEqualTo("open");
        assertThat(admin("limited").at("/status").asText()).isEqualTo("error");
        assertThat(admin("free").at("/breaker").asText()).isEqualTo("closed");
        assertThat(instance().at("/own_breaker").asText()).isEqualTo("closed");
        assertThat(instance().at("/status").asText()).isEqualTo("healthy");
        assertThat(gateway.get("/admin/route?model=limited").body()).contains("its breaker is open for another 30000 ms; as no other is left");
        assertThat(gateway.metric("resilience4j_circuitbreaker_state{instance=\"east\",model=\"limited\",name=\"east/limited\",state=\"open\"}")).isEqualTo(1);
    }

    @Test
    void shouldOpenTheBreakerOfTheInstanceWhenItRefusesItsKey() throws IOException {
        limitedResponds(Reply.error(401, "invalid_api_key", "no"));
        for (int i = 0; i < 4; i++) {
            gateway.chat("limited");
        }

        assertThat(instance().at("/own_breaker").asText()).isEqualTo("open");
        assertThat(gateway.get("/admin/route?model=free").body()).contains("its breaker is open for another 30000 ms, for all models");
        assertThat(gateway.chat("free").statusCode()).as("asked, since no other is left").isEqualTo(200);
        assertThat(instance().at("/own_breaker").asText()).as("a call that succeeds closes it").isEqualTo("closed");
    }

    @Test
    void shouldResetBothLevels() throws IOException {
        limitedResponds(Reply.error(500, "boom", "boom"));
        for (int i = 0; i < 4; i++) {
            gateway.chat("limited");
        }

        gateway.post("/admin/instances/east/reset", "");

        assertThat(admin("limited").at("/breaker").asText()).isEqualTo("closed");
        assertThat(admin("limited").at("/error_count").asInt()).isZero();
    }

    @Test
    void shouldKeepABoundedNumberOfModelsThatTheSettingsDoNotName() throws IOException {
        gateway.put("/admin/instances/any/config", "{\"enabled\": true}");
        upstream.respond(Reply.chat("ok"));
        for (int i = 0; i < 150; i++) {
            assertThat(gateway.chat("model-" + i).statusCode()).isEqualTo(200);
        }
        upstream.respond(Reply.error(404, "model_not_found", "no"));
        gateway.chat("unknown");

        JsonNode models = Json.MAPPER.readTree(gateway.get("/admin/instances").body()).at("/instances/1/models");

        assertThat(models.findValuesAsText("model")).hasSizeLessThanOrEqualTo(101).contains("model-149", "other").doesNotContain("model-1", "unknown");
        assertThat(gateway.get("/metrics").body()).doesNotContain("model=\"model-149\",name=\"any/");
    }

    private double available(String model) {
        return gateway.metric("gateway_instances_available{instance=\"east\",model=\"" + model + "\"}");
    }

    private void limitedResponds(Reply reply) {
        upstream.respond(request -> isLimited(request) ? reply : Reply.chat("ok"));
    }

    private static boolean isLimited(RecordedRequest request) {
        return request.text().contains("\"limited\"");
    }

    private JsonNode instance() throws IOException {
        return Json.MAPPER.readTree(gateway.get("/admin/instances").body()).at("/instances/0");
    }

    private JsonNode admin(String model) throws IOException {
        return StreamSupport.stream(instance().at("/models").spliterator(), false)
                .filter(row -> row.at("/model").asText().equals(model)).findFirst().orElseThrow();
    }
}
