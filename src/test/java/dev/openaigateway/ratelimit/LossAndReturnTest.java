package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.redis.RedisListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The most that gateways admit in any 60 seconds when they lose the shared windows and return to them: random cases in virtual
 * time, with traffic that moves from one gateway to another.
 */
class LossAndReturnTest {

    private static final long LIMIT = 1000;
    private static final int CASES = 30;
    private static final int SECONDS = 300;
    private static final int STEPS_A_SECOND = 5;

    private final ScheduledExecutorService threads = new ScheduledThreadPoolExecutor(1) {
        @Override
        public void execute(Runnable task) {
            task.run();
        }
    };
    private final MutableClock clock = new MutableClock();
    private final Random random = new Random(7);
    private final List<SharedInMemory> links = new ArrayList<>();
    private final List<SharedWindowStore> stores = new ArrayList<>();
    private final List<Double> shareOfTraffic = new ArrayList<>();
    private final Deque<Admitted> lastMinute = new ArrayDeque<>();
    private final List<Admitted> running = new ArrayList<>();
    private final List<Runnable> corrections = new ArrayList<>();
    private long inLastMinute;
    private long max;
    private long inThisSecond;
    private boolean settling = true;

    /** A request that was admitted, and what counts of it. */
    private static final class Admitted {

        private final SharedWindowStore store;
        private final Decision.Admitted decision;
        private final long millis;
        private long amount;

        Admitted(SharedWindowStore store, Decision.Admitted decision, long millis, long amount) {
            this.store = store;
            this.decision = decision;
            this.millis = millis;
            this.amount = amount;
        }
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 20})
    void shouldAdmitNoMoreThanTheLimitIfAllAreAloneAtTheSameTime(int gateways) {
        for (int each = 0; each < CASES; each++) {
            start(gateways);
            run(random.nextInt(100));
            cutAll(true);
            run(random.nextInt(200));
            cutAll(false);
            run(100);
            assertThat(max).as("case %s", each).isLessThanOrEqualTo(LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void shouldAdmitAtMostWhatWasAdmittedSinceTheLastLookMoreIfAllLoseThemBetweenTwoLooks(int gateways) {
        for (int each = 0; each < CASES; each++) {
            start(gateways);
            run(random.nextInt(100));
            step(random.nextInt(STEPS_A_SECOND));
            long inDoubt = inThisSecond;
            cutAll(true);
            run(random.nextInt(200));
            assertThat(max).as("case %s", each).isLessThanOrEqualTo(LIMIT + inDoubt * (gateways - 1) / gateways);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 20})
    void shouldAdmitAtMostOneShareMoreForOneGatewayThatIsAlone(int gateways) {
        for (int each = 0; each < CASES; each++) {
            start(gateways);
            SharedInMemory one = links.get(random.nextInt(gateways));
            for (int second = 0; second < SECONDS; second += 20) {
                one.cut(random.nextBoolean());
                run(random.nextInt(40));
            }
            assertThat(max).as("case %s", each).isLessThanOrEqualTo(LIMIT + LIMIT / gateways);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5})
    void shouldAdmitLessThanTwiceTheLimitHoweverConnectionsFail(int gateways) {
        for (int each = 0; each < CASES; each++) {
            start(gateways);
            for (int second = 0; second < SECONDS; second += 10) {
                links.get(random.nextInt(gateways)).cut(random.nextBoolean());
                run(random.nextInt(20));
            }
            assertThat(max).as("case %s", each).isLessThan(2 * LIMIT);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void shouldUseTheWholeLimitWhileAllAreAlone(int gateways) {
        // given
        settling = false;
        start(gateways);
        run(100);
        cutAll(true);
        run(70);

        // when
        shareOfTraffic.replaceAll(any -> 1.0);
        max = 0;
        run(130);

        // then
        assertThat(max).isBetween(LIMIT * 9 / 10, LIMIT);
    }

    private void start(int gateways) {
        stores.clear();
        links.clear();
        shareOfTraffic.clear();
        lastMinute.clear();
        running.clear();
        corrections.clear();
        inLastMinute = 0;
        max = 0;
        SharedInMemory shared = new SharedInMemory(clock);
        for (int i = 0; i < gateways; i++) {
            links.add(shared.other());
            stores.add(new SharedWindowStore(links.get(i), OnRedisFailure.LOCAL, RedisListener.NONE, clock, Duration.ofHours(1), threads,
                    Optional.empty(), corrections::add));
            shareOfTraffic.add(random.nextDouble());
        }
        stores.forEach(this::request);
        beat();
        beat();
    }

    private void cutAll(boolean cut) {
        links.forEach(link -> link.cut(cut));
    }

    private void beat() {
        stores.forEach(store -> store.breaker().beat());
        inThisSecond = 0;
    }

    private void run(int seconds) {
        for (int second = 0; second < seconds; second++) {
            if (random.nextInt(20) == 0) {
                shareOfTraffic.replaceAll(any -> Math.pow(random.nextDouble(), 4));
            }
            step(STEPS_A_SECOND);
            beat();
        }
    }

    private void step(int steps) {
        for (int step = 0; step < steps; step++) {
            clock.advance(1000 / STEPS_A_SECOND);
            if (settling) {
                end();
            }
            for (int i = 0; i < stores.size(); i++) {
                for (int tries = 0; tries < 8 && random.nextDouble() < shareOfTraffic.get(i); tries++) {
                    request(stores.get(i));
                }
            }
        }
    }

    private void request(SharedWindowStore store) {
        long amount = 1 + random.nextInt(80);
        if (store.reserve(List.of(Charge.tokens("gateway", amount, LIMIT))) instanceof Decision.Admitted decision) {
            Admitted admitted = new Admitted(store, decision, clock.millis(), amount);
            lastMinute.add(admitted);
            running.add(admitted);
            inLastMinute += amount;
            inThisSecond += amount;
        }
        forgetOld();
        max = Math.max(max, inLastMinute);
    }

    private void forgetOld() {
        while (!lastMinute.isEmpty() && lastMinute.peek().millis <= clock.millis() - 60_000) {
            inLastMinute -= lastMinute.remove().amount;
        }
    }

    /** Requests end at random, with less than was reserved. Corrections reach the shared windows later. */
    private void end() {
        List.copyOf(corrections).forEach(Runnable::run);
        corrections.clear();
        forgetOld();
        for (Admitted each : List.copyOf(running)) {
            if (random.nextInt(8) == 0) {
                running.remove(each);
                long unused = random.nextLong(each.amount);
                each.store.settle(each.decision.location(), List.of(new Correction("gateway", each.decision.bucket(), -unused)));
                each.amount -= unused;
                inLastMinute -= lastMinute.contains(each) ? unused : 0;
            }
        }
    }
}
