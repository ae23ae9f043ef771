package dev.openaigateway.ratelimit;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;

class ReservationTest {

    private static final List<String> SCOPES = List.of("client", "client:requests", "instance");

    private final MutableClock clock = new MutableClock();
    private final TokenLimiter limiter = TokenLimiter.inMemory(clock);

    @Test
    void shouldChargeTheReservedAmount() {
        // when
        Reservation reservation = reserve(300);

        // then
        assertThat(limiter.used(SCOPES)).isEqualTo(Map.of("client", 300L, "client:requests", 1L, "instance", 300L));
        assertThat(reservation.remaining()).containsExactly(700L, 9L, 1700L);
        assertThat(reservation.prompt()).isEqualTo(50);
        assertThat(limiter.open()).isEqualTo(1);
    }

    @Test
    void shouldSettleToActualUsage() {
        // when
        reserve(300).settle(120);

        // then
        assertThat(limiter.used(SCOPES)).isEqualTo(Map.of("client", 120L, "client:requests", 1L, "instance", 300L));
        assertThat(limiter.open()).isZero();
    }

    @Test
    void shouldSettleUsageBeyondTheReservation() {
        // when
        reserve(300).settle(1200);

        // then
        assertThat(limiter.used(SCOPES)).containsEntry("client", 1200L);
        assertThat(limiter.reserve(0, List.of(Charge.tokens("client", 0, 1000))))
                .isEqualTo(new Decision.Refused(Charge.tokens("client", 0, 1000), -200, OptionalLong.of(60_877)));
    }

    @Test
    void shouldKeepTheReservedAmount() {
        // given
        Reservation reservation = reserve(300);

        // when
        reservation.keep();
        reservation.settle(100);

        // then
        assertThat(limiter.used(SCOPES)).isEqualTo(Map.of("client", 300L, "client:requests", 1L, "instance", 300L));
        assertThat(limiter.open()).isZero();
        assertThat(limiter.closedTwice()).isEqualTo(1);
    }

    @Test
    void shouldGiveBackEverything() {
        // when
        reserve(300).giveBack();

        // then
        assertThat(limiter.used(SCOPES)).isEqualTo(Map.of("client", 0L, "client:requests", 0L, "instance", 0L));
    }

    @Test
    void shouldCloseOnlyOnce() {
        // given
        Reservation reservation = reserve(300);
        reservation.settle(120);

        // when
        reservation.giveBack();
        reservation.settle(500);

        // then
        assertThat(limiter.used(SCOPES)).containsEntry("client", 120L);
        assertThat(limiter.open()).isZero();
        assertThat(limiter.closedTwice()).isEqualTo(2);
    }

    @Test
    void shouldCloseOnlyOnceUnderConcurrency() throws Exception {
        // given
        Reservation reservation = reserve(300);
        ExecutorService threads = Executors.newFixedThreadPool(8);

        // when
        for (int i = 0; i < 100; i++) {
            threads.submit(reservation::giveBack);
        }
        threads.shutdown();

        // then
        assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        assertThat(limiter.used(SCOPES)).containsEntry("client", 0L);
        assertThat(limiter.closedTwice()).isEqualTo(99);
    }

    @Test
    void shouldReturnNothingMoreOnceItIsClosed() {
        // given
        reserve(300);
        Reservation reservation = reserve(300);
        reservation.giveBack();

        // when
        reservation.reduce(20, charges(100));
        reservation.settle("client", 0);

        // then
        assertThat(limiter.used(SCOPES)).as("of the other request").isEqualTo(Map.of("client", 300L, "client:requests", 1L, "instance", 300L));
    }

    @Test
    void shouldLeaveTheChargesThatAReductionDoesNotName() {
        // given
        reserve(300);
        Reservation reservation = reserve(300);
        reservation.settle("client", 40);

        // when
        reservation.reduce(20, charges(100).subList(1, 3));

        // then
        assertThat(limiter.used(SCOPES)).isEqualTo(Map.of("client", 340L, "client:requests", 2L, "instance", 400L));
        reservation.giveBack();
        assertThat(limiter.used(SCOPES)).as("of the other request").isEqualTo(Map.of("client", 300L, "client:requests", 1L, "instance", 300L));
    }

    @Test
    void shouldChangeAndCloseConcurrently() throws Exception {
        // given
        reserve(400);
        ExecutorService threads = Executors.newFixedThreadPool(4);

        // when
        for (int i = 0; i < 500; i++) {
            Reservation reservation = reserve(300);
            List<Future<?>> changes = List.of(threads.submit(() -> reservation.reduce(20, charges(100))),
                    threads.submit(() -> reservation.settle("client", 0)), threads.submit(reservation::giveBack));
            for (Future<?> change : changes) {
                change.get();
            }
        }
        threads.shutdown();

        // then
        assertThat(limiter.used(SCOPES)).isEqualTo(Map.of("client", 400L, "client:requests", 1L, "instance", 400L));
    }

    @Test
    void shouldChargeNothingWhenRefused() {
        // given
        reserve(900);

        // when
        Admission second = limiter.reserve(50, charges(300));

        // then
        assertThat(second).isEqualTo(new Decision.Refused(charges(300).get(0), 100, OptionalLong.of(60_877)));
        assertThat(limiter.open()).isEqualTo(1);
    }

    @Test
    void shouldAdmitAllIfNoLimitApplies() {
        assertThat(limiter.reserve(50, List.of())).isInstanceOfSatisfying(Reservation.class, free -> {
            free.settle(1_000_000);
            assertThat(limiter.open()).isZero();
        });
    }

    private Reservation reserve(long amount) {
        return (Reservation) limiter.reserve(50, charges(amount));
    }

    private static List<Charge> charges(long amount) {
        return List.of(Charge.tokens("client", amount, 1000), Charge.request("client:requests", 10),
                new Charge("instance", amount, 2000, Charge.Unit.ESTIMATED_TOKENS));
    }
}
