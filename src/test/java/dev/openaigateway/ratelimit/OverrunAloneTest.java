package dev.openaigateway.ratelimit;

import dev.openaigateway.config.OnRedisFailure;
import dev.openaigateway.redis.RedisListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import static org.assertj.core.api.Assertions.assertThat;

/** Responses longer than their reservations that end while a gateway is alone, or just before or after: the shared window gets their tokens. */
class OverrunAloneTest {

    private static final String SCOPE = "gateway";
    private static final long LIMIT = 1000;

    private final ScheduledExecutorService threads = Executors.newSingleThreadScheduledExecutor();
    private final MutableClock clock = new MutableClock();
    private final SharedInMemory link = new SharedInMemory(clock);
    private final SharedInMemory other = link.other();
    private final SharedWindowStore store =
            new SharedWindowStore(link, OnRedisFailure.LOCAL, RedisListener.NONE, clock, Duration.ofHours(1), threads);

    @BeforeEach
    void start() {
        beats(2);
    }

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void shouldChargeWhatAResponseUsedMoreWhileTheGatewayWasAlone() {
        Decision.Admitted reserved = reserve(100);
        lose();

        settle(reserved, 800);
        restore();

        assertThat(shared()).isEqualTo(900);
    }

    @Test
    void shouldChargeWhatAResponseThatWasReservedAloneUsesMoreLater() {
        lose();
        Decision.Admitted reserved = reserve(100);
        restore();

        settle(reserved, 800);
        beats(1);

        assertThat(shared()).isEqualTo(900);
    }

    @Test
    void shouldChargeOnceWhatEndsWhileTheGatewayIsAlone() {
        lose();
        Decision.Admitted reserved = reserve(100);
        settle(reserved, 300);
        restore();
        beats(2);

        assertThat(shared()).isEqualTo(400);
    }

    @Test
    void shouldNotGiveBackAtOthersExpenseWhatTheSharedWindowHolds() {
        Decision.Admitted reserved = reserve(100);
        lose();
        Decision.Admitted alone = reserve(50);

        settle(reserved, -90);
        settle(alone, 10);
        restore();

        assertThat(shared()).isEqualTo(160);
    }

    @Test
    void shouldChargeLaterIfTheSharedWindowDoesNotTakeItAtFirst() {
        lose();
        reserve(100);
        link.loseSettles(true);
        link.cut(false);
        beats(4);

        assertThat(store.breaker().isUp()).as("the breaker is closed").isFalse();
        link.loseSettles(false);
        restore();
        assertThat(shared()).isEqualTo(100);
    }

    private void lose() {
        link.cut(true);
        beats(3);
        assertThat(store.breaker().isUp()).isFalse();
    }

    private void restore() {
        link.cut(false);
        beats(4);
        assertThat(store.breaker().isUp()).isTrue();
    }

    private void beats(int number) {
        for (int beat = 0; beat < number; beat++) {
            clock.advance(100);
            store.breaker().beat();
        }
    }

    private Decision.Admitted reserve(long amount) {
        return (Decision.Admitted) store.reserve(List.of(Charge.tokens(SCOPE, amount, LIMIT)));
    }

    private void settle(Decision.Admitted reserved, long delta) {
        store.settle(reserved.location(), List.of(new Correction(SCOPE, reserved.bucket(), delta)));
    }

    private long shared() {
        return other.used(List.of(SCOPE)).get(SCOPE);
    }
}
