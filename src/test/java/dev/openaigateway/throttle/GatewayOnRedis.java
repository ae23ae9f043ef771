package dev.openaigateway.throttle;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import static dev.openaigateway.throttle.Ask.instance;
import static dev.openaigateway.throttle.Ask.reserving;
import static org.assertj.core.api.Assertions.assertThat;

/** A gateway whose limits are on a Redis that is about to fail. */
abstract class GatewayOnRedis {

    /** One timeout of Redis is 150 ms; the rest is for a busy machine. */
    static final Duration BOUND = Duration.ofMillis(600);
    static final String LOST = "Redis is away";
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
                .formatted(redisUrl, policy) + instance("first", upstream, 1, ""));
    }

    void assertServes() {
        for (int i = 0; i < 4; i++) {
            long begin = System.nanoTime();
            assertThat(reserving(gateway, 50).statusCode()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND);
            Ask.awaitSettled(gateway);
        }
    }

    void assertToldOnce(String what) {
        await(() -> !log.linesWith(what).isEmpty());
        assertThat(log.linesWith(what)).hasSize(1).first().asString().startsWith("alert: ");
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(15).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it took too long").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    <T extends AutoCloseable> T keep(T one) {
        open.add(one);
        return one;
    }
}
