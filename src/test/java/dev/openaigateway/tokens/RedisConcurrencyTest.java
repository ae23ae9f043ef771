package dev.openaigateway.tokens;

import dev.openaigateway.config.RedisAddress;
import dev.openaigateway.support.RedisProcess;
import org.junit.jupiter.api.Test;

import java.time.Instant;
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

/** What eight threads did on a real Redis, done again one by one, in the order Redis did it. */
class RedisConcurrencyTest {

    private static final int THREADS = 8;
    private static final int OPERATIONS = 400;

    private record Step(long sequence, long now, List<Charge> charges, Decision decision, Decision.Admitted of, long delta) {
    }

    @Test
    void shouldDecideConcurrentlyAsOneByOne() throws Exception {
        // given
        ConcurrentLinkedQueue<Step> steps = new ConcurrentLinkedQueue<>();

        // when
        try (RedisProcess redis = RedisProcess.started();
                RedisWindowStore store = new RedisWindowStore(RedisAddress.parse(redis.url()), 5000, Optional.empty())) {
            store.beat("test", 1000).toCompletableFuture().join();
            ExecutorService threads = Executors.newFixedThreadPool(THREADS);
            List<Future<?>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                Random random = new Random(thread);
                running.add(threads.submit(() -> operate(store, random, steps)));
            }
            for (Future<?> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
            threads.shutdown();
        }

        // then
        assertThat(steps).hasSize(THREADS * OPERATIONS);
        assertThat(steps.stream().filter(step -> step.decision instanceof Decision.Refused).count()).isPositive();
        replay(steps.stream().sorted(Comparator.comparingLong(Step::sequence)).toList());
    }

    private static void operate(RedisWindowStore store, Random random, ConcurrentLinkedQueue<Step> steps) {
        List<Step> open = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            if (!open.isEmpty() && random.nextInt(3) == 0) {
                Step reserve = open.remove(0);
                Decision.Admitted admitted = (Decision.Admitted) reserve.decision;
                long delta = random.nextInt(200) - 100L;
                long sequence = store.settleLater(List.of(new Settlement("shared", admitted.bucket(), Math.max(delta, -reserve.charges.get(0).amount()))))
                        .toCompletableFuture().join();
                steps.add(new Step(sequence, 0, List.of(), null, admitted, Math.max(delta, -reserve.charges.get(0).amount())));
            } else {
                long amount = random.nextInt(200);
                List<Charge> charges = List.of(Charge.tokens("shared", amount, 20_000),
                        Charge.tokens("client:" + random.nextInt(3), amount, 8_000));
                RedisReply reply = store.reserveLater(charges).toCompletableFuture().join();
                Step step = new Step(reply.sequence(), reply.now(), charges, reply.decision(), null, 0);
                steps.add(step);
                if (reply.decision() instanceof Decision.Admitted) {
                    open.add(step);
                }
            }
        }
    }

    private static void replay(List<Step> steps) {
        AtomicLong now = new AtomicLong(steps.get(0).now);
        MemoryWindowStore store = new MemoryWindowStore(() -> Instant.ofEpochMilli(now.get()));
        long expected = 1;
        for (Step step : steps) {
            assertThat(step.sequence).isEqualTo(expected++);
            if (step.of != null) {
                store.settle(step.of.place(), List.of(new Settlement("shared", step.of.bucket(), step.delta)));
                continue;
            }
            now.set(step.now);
            Decision again = store.reserve(step.charges);
            if (step.decision instanceof Decision.Admitted admitted) {
                again = new Decision.Admitted(admitted.bucket(), Decision.Place.SHARED,
                        ((Decision.Admitted) again).remaining(), admitted.resetMillis());
            }
            assertThat(step.decision).isEqualTo(again);
        }
        assertThat(store.used(List.of("shared"))).isNotEqualTo(Map.of());
    }
}
