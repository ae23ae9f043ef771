package dev.openaigateway.throttle;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import dev.openaigateway.support.Tries;
import org.junit.jupiter.api.AfterEach;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static dev.openaigateway.throttle.PricedRequest.instance;
import static dev.openaigateway.throttle.PricedRequest.reserving;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A gateway with limits on a Redis that is about to fail. On a busy machine Redis itself may be silent for a moment, since it
 * has only twice 150 ms to respond.
 */
@GatewayTest
@ProcessTest
abstract class GatewayOnRedis {

    /** Two timeouts of Redis, and little more for a request. */
    static final Duration BOUND = Duration.ofMillis(350);
    static final String LOST = "Redis is unavailable";
    static final String BACK = "Redis is back";

    final CapturedLog log = new CapturedLog();
    final ScriptedUpstream upstream = ScriptedUpstream.start();
    final List<AutoCloseable> open = new ArrayList<>(List.of(log, upstream));
    TestGateway gateway;

    @AfterEach
    void stop() throws Exception {
        gateway.close();
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    void start(String redisUrl, String policy) {
        gateway = TestGateway.start("rate_limit: { tpm: 1000, redis_url: \"%s\", on_redis_failure: %s }%ninstances:%n"
                .formatted(redisUrl, policy) + instance("first", upstream, 1, ", max_tpm: 100000"));
    }

    void assertServes() {
        Tries.oneOf(6, this::serveFour);
    }

    void serveFour() {
        for (int i = 0; i < 4; i++) {
            long begin = System.nanoTime();
            assertThat(reserving(gateway, 50).statusCode()).isEqualTo(200);
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            PricedRequest.awaitSettled(gateway);
            assertThat(taken).isLessThan(BOUND);
        }
    }

    /** Waits until Redis responds, since requests are refused without it. */
    void awaitServed(int tokens) {
        Eventually.holds("a request is served", () -> reserving(gateway, tokens).statusCode() == 200);
    }

    /** Checks the latest alert about Redis, and that no alert was repeated. */
    void assertReportedOnce(String what) {
        Eventually.holds("the latest alert is " + what, () -> {
            List<String> reported = reported();
            return !reported.isEmpty() && reported.get(reported.size() - 1).contains(what);
        });
        List<String> reported = reported();
        assertThat(reported).allMatch(line -> line.startsWith("alert: "));
        for (int i = 1; i < reported.size(); i++) {
            assertThat(reported.get(i).contains(LOST)).as(reported.toString()).isEqualTo(reported.get(i - 1).contains(BACK));
        }
    }

    List<String> reported() {
        return log.linesWith("Redis is ");
    }

    <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }
}
