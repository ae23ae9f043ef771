package dev.openaigateway.throttle;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RedisProcess;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;

import static dev.openaigateway.throttle.PricedRequest.header;
import static org.assertj.core.api.Assertions.assertThat;

/** Two gateways share the limits of instances and of models at an instance on one Redis. Each test uses a model of its own. */
@GatewayTest
@ProcessTest
class InstanceLimitsOnRedisTest {

    private static final RedisProcess REDIS = RedisProcess.started();
    private static final ScriptedUpstream UPSTREAM = ScriptedUpstream.start();
    private static TestGateway one;
    private static TestGateway two;

    @BeforeAll
    static void start() {
        one = gateway();
        two = gateway();
    }

    private static TestGateway gateway() {
        return TestGateway.start("""
                rate_limit: { redis_url: "%s", redis_timeout: 5, default_max_tokens: 10 }
                admin: { watch_files: false }
                instances:
                  - { name: paced, provider_type: generic, api_base: "%2$s", max_rpm: 3, supported_models: [gpt-4o] }
                  - name: shared
                    provider_type: generic
                    api_base: "%2$s"
                    priority: 1
                    supported_models: [big, small, timed]
                    model_limits: { big: { tpm: 30 }, small: { rpm: 1 } }
                  - { name: spare, provider_type: generic, api_base: "%2$s", priority: 2, supported_models: [big] }
                """.formatted(REDIS.url(), UPSTREAM.uri()));
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        REDIS.close();
        UPSTREAM.close();
    }

    @Test
    void shouldCountTheRequestsOfBothAgainstTheInstance() {
        assertThat(one.chat("gpt-4o").statusCode()).isEqualTo(200);
        assertThat(two.chat("gpt-4o").statusCode()).isEqualTo(200);
        assertThat(one.chat("gpt-4o").statusCode()).isEqualTo(200);

        assertThat(two.chat("gpt-4o").statusCode()).isEqualTo(429);
        assertThat(one.chat("gpt-4o").statusCode()).isEqualTo(429);
        assertThat(two.metric("gateway_requests_remaining{limit=\"instance\",name=\"paced\"}")).isZero();
    }

    @Test
    void shouldCountTheRequestsOfBothAgainstTheModel() {
        assertThat(one.chat("small").statusCode()).isEqualTo(200);

        assertThat(two.chat("small").statusCode()).isEqualTo(429);
    }

    @Test
    void shouldCallTheNextInstanceWhenTheOtherGatewayHasUsedTheTokensOfTheModel() {
        assertThat(header(one.chat("big"), "x-gateway-instance")).isEqualTo("shared");
        PricedRequest.awaitSettled(one);

        Eventually.holds("the other gateway sees the charge", () -> two.metric("gateway_tokens_remaining{limit=\"model\",name=\"shared/big\"}") == 9);
        assertThat(header(two.chat("big"), "x-gateway-instance")).isEqualTo("spare");
    }

    @Test
    void shouldApplyAnotherTimeoutWithoutLosingCharges() throws IOException {
        Files.writeString(one.settingsFile(), Files.readString(one.settingsFile()).replace("redis_timeout: 5", "redis_timeout: 4.5"));

        assertThat(one.post("/config/reload", "").body()).contains("rate_limit.redis_timeout");

        assertThat(one.chat("timed").statusCode()).isEqualTo(200);
        assertThat(one.get("/stats/health").body()).containsPattern("\"redis\": *\"ok\"");
    }
}
