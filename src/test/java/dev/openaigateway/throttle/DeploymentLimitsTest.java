package dev.openaigateway.throttle;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;

import static dev.openaigateway.throttle.PricedRequest.header;
import static org.assertj.core.api.Assertions.assertThat;

/** Limits of requests of an instance, and limits of single models of an instance. */
@GatewayTest
class DeploymentLimitsTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final TestClock clock = new TestClock();
    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = TestGateway.builder().clock(clock).settings("""
                rate_limit: { default_max_tokens: 10 }
                instances:
                  - name: east
                    provider_type: generic
                    api_base: "%s"
                    priority: 1
                    max_rpm: 3
                    supported_models: [big, small, gpt-4o]
                    model_limits: { big: { tpm: 30 }, small: { rpm: 1 } }
                  - { name: west, provider_type: generic, api_base: "%s", priority: 2, supported_models: [big] }
                """.formatted(upstream.uri(), upstream.uri())).start();
    }

    @AfterEach
    void stop() {
        gateway.close();
        upstream.close();
    }

    @Test
    void shouldCallTheNextInstanceWhenTheModelHasNoTokensLeft() {
        assertThat(instance(gateway.chat("big"))).isEqualTo("east");
        assertThat(instance(gateway.chat("big"))).isEqualTo("west");

        assertThat(instance(gateway.chat("gpt-4o"))).as("another model of the instance").isEqualTo("east");
        assertThat(gateway.metric("gateway_tokens_remaining{limit=\"model\",name=\"east/big\"}")).isEqualTo(30 - PricedRequest.BILLED);
        assertThat(gateway.get("/admin/route?model=big").body()).contains("9 of its 30 tokens per minute for the model are left");
        clock.advance(Duration.ofSeconds(61));
        assertThat(instance(gateway.chat("big"))).isEqualTo("east");
    }

    @Test
    void shouldRefuseMoreRequestsThanTheModelMayHave() {
        assertThat(gateway.chat("small").statusCode()).isEqualTo(200);

        HttpResponse<String> refused = gateway.chat("small");

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(header(refused, "retry-after")).isEqualTo("61");
        assertThat(upstream.requests()).hasSize(1);
        assertThat(gateway.metric("gateway_requests_remaining{limit=\"model\",name=\"east/small\"}")).isZero();
        assertThat(gateway.metric("gateway_requests_remaining{limit=\"instance\",name=\"east\"}")).isEqualTo(2);
        assertThat(gateway.get("/admin/instances").body()).contains("{\"model\":\"small\",\"unit\":\"requests\",\"used\":1,\"limit\":1}",
                "{\"model\":null,\"unit\":\"requests\",\"used\":1,\"limit\":3}");
        PricedRequest.awaitSettled(gateway);
    }

    @Test
    void shouldCountTheRequestsOfAllModelsAgainstTheInstance() {
        gateway.chat("gpt-4o");
        gateway.chat("small");
        gateway.chat("big");

        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(429);
        assertThat(instance(gateway.chat("big"))).isEqualTo("west");
    }

    @Test
    void shouldShowAnInstanceThatMayGetNoFurtherRequest() throws IOException {
        gateway.chat("gpt-4o");
        gateway.chat("gpt-4o");
        gateway.chat("gpt-4o");
        assertThat(statusOfEast()).as("no request was refused").isEqualTo("healthy");

        gateway.chat("gpt-4o");

        assertThat(statusOfEast()).isEqualTo("rate_limited");
        assertThat(json("/v1/instances/status").at("/instances/0/rate_limited_until").asLong()).isEqualTo(clock.instant().plusSeconds(61).getEpochSecond());
        clock.advance(Duration.ofSeconds(62));
        assertThat(statusOfEast()).isEqualTo("healthy");
    }

    @Test
    void shouldNotTakeTheLimitOfAModelForThatOfItsInstance() throws IOException {
        gateway.chat("small");
        gateway.chat("small");

        assertThat(statusOfEast()).isEqualTo("healthy");
    }

    @Test
    void shouldRememberARequestThatHadTooManyTokensWhenOtherLimitsAreReached() throws IOException {
        String before = Files.readString(gateway.settingsFile());
        Files.writeString(gateway.settingsFile(), before.replace("max_rpm: 3", "max_tpm: 100"));
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
        gateway.chat("small");
        assertThat(PricedRequest.reserving(gateway, 95).statusCode()).isEqualTo(429);
        assertThat(statusOfEast()).isEqualTo("rate_limited");

        assertThat(gateway.chat("small").statusCode()).isEqualTo(429);

        assertThat(statusOfEast()).isEqualTo("rate_limited");
    }

    @Test
    void shouldGiveARequestBackThatFailed() {
        upstream.enqueue(Reply.error(500, "boom", "boom"));
        gateway.chat("small");

        assertThat(gateway.chat("small").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldApplyChangedLimitsInAReload() throws IOException {
        gateway.chat("small");
        String before = Files.readString(gateway.settingsFile());
        Files.writeString(gateway.settingsFile(), before.replace("small: { rpm: 1 }", "small: { rpm: 2 }"));
        assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);

        assertThat(gateway.chat("small").statusCode()).isEqualTo(200);
        assertThat(gateway.chat("small").statusCode()).isEqualTo(429);
    }

    @Test
    void shouldRefuseALimitOfAModelThatTheInstanceDoesNotServe() throws IOException {
        String text = Files.readString(gateway.settingsFile()).replace("small: { rpm: 1 }", "smal: { rpm: 1 }");

        HttpResponse<String> response = gateway.post("/config/validate", text, "Content-Type", "text/yaml");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(response.body()).contains("model_limits.smal", "is no model that the instance serves");
    }

    private String statusOfEast() throws IOException {
        return json("/stats/health").at("/instances/east").asText();
    }

    private JsonNode json(String path) throws IOException {
        return new ObjectMapper().readTree(gateway.get(path).body());
    }

    private static String instance(HttpResponse<?> response) {
        return header(response, "x-gateway-instance");
    }
}
