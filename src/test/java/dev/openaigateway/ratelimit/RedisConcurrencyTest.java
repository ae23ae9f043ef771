package dev.openaigateway.ratelimit;

import dev.openaigateway.config.RedisAddress;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RedisProcess;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

/** Eight threads run operations on a real Redis, which are then replayed one by one in the order of Redis. */
@ProcessTest
class RedisConcurrencyTest {

    private static final int THREADS = 8;
    private static final int OPERATIONS = 400;
    private static final List<String> SCOPES = List.of("shared", "client:0", "client:1", "client:2");

    private record Step(long sequence, long now, List<Charge> charges, Decision decision, Correction settlement) {
    }

    /** Advances by some milliseconds per reading, by several windows in the whole run. */
    private static final class RunningClock implements InstantSource {

        private final AtomicLong millis = new AtomicLong(1_800_000_000_000L);
        private final ThreadLocal<Long> reported = new ThreadLocal<>();

        @Override
        public Instant instant() {
            reported.set(millis.addAndGet(97));
            return Instant.ofEpochMilli(reported.get());
        }

        /** The latest reading of this thread. */
        long reported() {
            return reported.get();
        }
    }

    private final RunningClock clock = new RunningClock();
    private final ConcurrentLinkedQueue<Step> steps = new ConcurrentLinkedQueue<>();

    @Test
    void shouldDecideConcurrentlyAsInSequence() throws Exception {
        // given
        Map<String, Long> left;
        long end;

        // when
        try (RedisProcess redis = RedisProcess.started();
                RedisWindowStore store = new RedisWindowStore(RedisAddress.parse(redis.url()), Duration.ofSeconds(5), Optional.of(clock))) {
            store.beat("test", 1000).toCompletableFuture().join();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                running.add(threads.submit(() -> operate(store, random)));
            }
            for (Future<?> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
            threads.shutdown();
            left = store.used(SCOPES);
            end = clock.reported();
        }

        // then
        assertThat(steps).hasSize(THREADS * OPERATIONS);
        assertThat(steps.stream().filter(step -> step.decision instanceof Decision.Refused).count()).isPositive();
        AtomicLong now = new AtomicLong();
        MemoryWindowStore again = new MemoryWindowStore(() -> Instant.ofEpochMilli(now.get()));
        replay(steps.stream().sorted(Comparator.comparingLong(Step::sequence)).toList(), again, now);
        now.set(end);
        assertThat(again.used(SCOPES)).isEqualTo(left);
    }

    private void operate(RedisWindowStore store, Random random) {
        List<Step> open = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            if (!open.isEmpty() && random.nextInt(3) == 0) {
                Step reserve = open.remove(0);
                long bucket = ((Decision.Admitted) reserve.decision).bucket();
                long delta = Math.max(random.nextInt(200) - 100L, -reserve.charges.get(0).amount());
                Correction correction = new Correction("shared", bucket, delta);
                long sequence = store.settleLater(List.of(correction)).toCompletableFuture().join();
                steps.add(new Step(sequence, clock.reported(), List.of(), null, correction));
            } else {
                long amount = random.nextInt(200);
                List<Charge> charges = List.of(Charge.tokens("shared", amount, 20_000),
                        Charge.tokens("client:" + random.nextInt(3), amount, 8_000));
                RedisReply reply = store.reserveLater(charges).toCompletableFuture().join();
                Step step = new Step(reply.sequence(), reply.now(), charges, reply.decision(), null);
                steps.add(step);
                if (reply.decision() instanceof Decision.Admitted) {
                    open.add(step);
                }
            }
        }
    }

    private static void replay(List<Step> steps, MemoryWindowStore store, AtomicLong now) {
        long expected = 1;
        for (Step step : steps) {
            assertThat(step.sequence).isEqualTo(expected++);
            now.set(step.now);
            if (step.settlement != null) {
                store.settle(Decision.Location.HERE, List.of(step.settlement));
                continue;
            }
            Decision again = store.reserve(step.charges);
            if (again instanceof Decision.Admitted admitted) {
                again = new Decision.Admitted(
                        admitted.bucket(), Decision.Location.SHARED, admitted.remaining(), admitted.resetMillis());
            }
            assertThat(step.decision).isEqualTo(again);
        }
    }
}
