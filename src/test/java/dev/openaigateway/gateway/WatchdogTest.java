package dev.openaigateway.gateway;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.DiscardingClientStream;
import dev.openaigateway.call.InFlight;
import dev.openaigateway.call.UpstreamActivity;
import dev.openaigateway.server.EventLoopWatch;
import dev.openaigateway.server.FatalErrors;
import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.PlainContext;
import dev.openaigateway.support.TestSettings;
import dev.openaigateway.upstream.connection.TimedSockets;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import io.netty.util.concurrent.EventExecutorGroup;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

class WatchdogTest {

    @Test
    void shouldContinueAfterAFailedCheck() throws IOException {
        // given
        AtomicInteger checks = new AtomicInteger();
        Watchdog watchdog = new Watchdog(PlainContext.create(), new InFlight(10), new TimedSockets(), TestSettings.live(""), () -> {
            throw new IllegalStateException("check " + checks.incrementAndGet());
        }, FatalErrors.ofProcess());

        // when
        try (watchdog; CapturedLog log = new CapturedLog()) {
            watchdog.start();

            // then
            Eventually.holds("it checks again", () -> checks.get() > 2);
            assertThat(log.linesWith("A run of the watchdog failed; the next run follows: ")).isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains("IllegalStateException: check "));
        }
    }

    @Test
    void shouldCheckTheOtherCallsWhenOneFails() throws IOException {
        // given
        InFlight inFlight = new InFlight(10);
        AtomicInteger cancelled = new AtomicInteger();
        EventExecutorGroup loops = new DefaultEventExecutorGroup(1);
        for (int i = 0; i < 3; i++) {
            Call call = new Call(null, "request-" + i, Instant.EPOCH, 0, new DiscardingClientStream());
            call.cancellation().setDeadline(0);
            call.cancellation().follow(failing(cancelled));
            inFlight.enter(call);
        }
        EventLoopWatch watch = new EventLoopWatch(loops, 3);
        Watchdog watchdog = new Watchdog(PlainContext.create(), inFlight, new TimedSockets(), TestSettings.live(""), () -> watch, FatalErrors.ofProcess());
        try (CapturedLog log = new CapturedLog()) {
            // when
            watchdog.check(1);
            watchdog.check(2);

            // then
            assertThat(cancelled).hasValue(6);
            assertThat(log.linesWith("could not check request request-")).as("once a request").hasSize(3);
        } finally {
            loops.shutdownGracefully(0, 0, TimeUnit.SECONDS);
        }
    }

    private static UpstreamActivity failing(AtomicInteger cancelled) {
        return new UpstreamActivity() {
            @Override
            public void cancel() {
                throw new IllegalStateException("cancel " + cancelled.incrementAndGet());
            }

            @Override
            public long lastSignNanos() {
                return 0;
            }

            @Override
            public void contentBegan() {
            }
        };
    }
}
