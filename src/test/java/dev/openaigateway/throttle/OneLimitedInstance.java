package dev.openaigateway.throttle;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

import java.time.Duration;

import static dev.openaigateway.throttle.PricedRequest.assertLeft;
import static dev.openaigateway.throttle.PricedRequest.awaitSettled;
import static dev.openaigateway.throttle.PricedRequest.instance;

/** A gateway for all tests of a class, with one instance, {@code first}. Both have the same limit. Each test has its own minute. */
@GatewayTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OneLimitedInstance {

    private static final long LIMIT = 1_000_000;

    final ScriptedUpstream upstream = ScriptedUpstream.start();
    TestGateway gateway;
    private final TestClock clock = new TestClock();
    private String metricsBefore;

    /** Changes the gateway before it starts. */
    void prepare(TestGateway.Builder builder) {
    }

    @BeforeAll
    void start() {
        TestGateway.Builder builder = TestGateway.builder().clock(clock).settings("""
                breaker: { minimum_calls: 10000, window: 10000 }
                rate_limit: { tpm: 1000000 }
                instances:
                """ + instance("first", upstream, 1, ", max_tpm: 1000000"));
        prepare(builder);
        gateway = builder.start();
    }

    @AfterAll
    void stop() {
        gateway.close();
        upstream.close();
    }

    @BeforeEach
    void begin() {
        clock.advance(Duration.ofMinutes(30));
        metricsBefore = gateway.get("/metrics").body();
    }

    /** Waits until the requests of the test are settled, and checks what they have used of both limits. */
    void awaitCharged(long used) {
        awaitSettled(gateway);
        assertLeft(gateway, "gateway", "gateway", LIMIT - used);
        assertLeft(gateway, "instance", "first", LIMIT - used);
    }

    /** The tokens that the metrics count for the requests of the test, of a type such as {@code output}. */
    double recorded(String type) {
        String label = "gen_ai_token_type=\"" + type + "\"";
        return PricedRequest.recorded(gateway.get("/metrics").body(), label) - PricedRequest.recorded(metricsBefore, label);
    }

    double recorded() {
        return PricedRequest.recorded(gateway.get("/metrics").body(), "") - PricedRequest.recorded(metricsBefore, "");
    }
}
