package dev.openaigateway.ratelimit;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

/** The contract of every store, checked in virtual time against an exact log. */
abstract class WindowStoreContract {

    private static final long ALICE_LIMIT = 1000;
    private static final long GLOBAL_LIMIT = 1500;

    final MutableClock clock = new MutableClock();

    /** An empty store. */
    abstract WindowStore store();

    private record Open(Decision.Admitted admitted, List<Charge> charges, List<ExactLog.Entry> entries) {
    }

    @Property(tries = 150, shrinking = ShrinkingMode.OFF)
    void shouldDecideLikeAnExactLog(@ForAll @LongRange(min = 0) long seed) {
        // given
        Random random = new Random(seed);
        String run = Long.toString(seed, 36);
        WindowStore store = store();
        ExactLog log = new ExactLog();
        List<Open> open = new ArrayList<>();

        for (int step = 0; step < 60; step++) {
            // when
            clock.advance(random.nextInt(12) == 0 ? random.nextInt(70_000) : random.nextInt(2_500));
            boolean settle = !open.isEmpty() && random.nextInt(3) == 0;

            // then
            if (settle) {
                settle(store, log, open.remove(random.nextInt(open.size())), random);
            } else {
                reserve(store, log, charges(run, random), open);
            }
            String global = run + "global";
            assertThat(store.used(List.of(global, "unused"))).containsEntry(global, log.used(global, clock.millis()))
                    .containsEntry("unused", 0L);
        }
    }

    private static List<Charge> charges(String run, Random random) {
        long amount = random.nextInt(10) == 0 ? random.nextInt(1600) : random.nextInt(400);
        List<Charge> charges = new ArrayList<>(List.of(Charge.tokens(run + "global", amount, GLOBAL_LIMIT)));
        if (random.nextBoolean()) {
            charges.add(Charge.tokens(run + "alice", amount, ALICE_LIMIT));
            charges.add(Charge.request(run + "alice:requests", 8));
        }
        return charges;
    }

    private void reserve(WindowStore store, ExactLog log, List<Charge> charges, List<Open> open) {
        long now = clock.millis();
        Charge refused = log.refused(charges, now);
        assertThat(store.read(charges)).isEqualTo(charges.stream()
                .map(charge -> new WindowReading(log.used(charge.scope(), now), log.waitFor(charge, now))).toList());
        Decision decision = store.reserve(charges);
        if (refused != null) {
            assertThat(decision).isEqualTo(new Decision.Refused(
                    refused, refused.limit() - log.used(refused.scope(), now), log.waitFor(refused, now)));
            return;
        }
        List<ExactLog.Entry> entries = log.charge(charges, now);
        assertThat(decision).isInstanceOfSatisfying(Decision.Admitted.class, admitted -> {
            assertThat(admitted.remaining()).isEqualTo(charges.stream()
                    .map(charge -> charge.limit() - log.used(charge.scope(), now)).toList());
            assertThat(admitted.resetMillis()).isEqualTo((now / 1000 + 61) * 1000 - now);
            open.add(new Open(admitted, charges, entries));
        });
        assertThat(charges).allSatisfy(charge ->
                assertThat(log.lastSixtySeconds(charge.scope(), now)).isLessThanOrEqualTo(charge.limit()));
    }

    private void settle(WindowStore store, ExactLog log, Open open, Random random) {
        long used = random.nextInt(3) == 0 ? 0 : random.nextInt(600);
        List<Correction> corrections = new ArrayList<>();
        for (int i = 0; i < open.charges.size(); i++) {
            Charge charge = open.charges.get(i);
            if (charge.unit() == Charge.Unit.TOKENS) {
                corrections.add(new Correction(charge.scope(), open.admitted.bucket(), used - charge.amount()));
                log.settle(charge.scope(), open.entries.get(i), used - charge.amount(), clock.millis());
            }
        }
        store.settle(open.admitted.location(), corrections).toCompletableFuture().join();
    }

    @Test
    void shouldChargeAllOrNothing() {
        // given
        WindowStore store = store();
        store.reserve(List.of(Charge.tokens("all-b", 90, 100)));

        // when
        Decision decision = store.reserve(List.of(Charge.tokens("all-a", 20, 100), Charge.tokens("all-b", 20, 100)));

        // then
        assertThat(decision).isInstanceOf(Decision.Refused.class);
        assertThat(store.used(List.of("all-a", "all-b"))).containsEntry("all-a", 0L).containsEntry("all-b", 90L);
    }

    @Test
    void shouldReportTheLongestWaitOfAllFullLimits() {
        // given
        WindowStore store = store();
        store.reserve(List.of(Charge.tokens("last-a", 100, 100)));
        clock.advance(20_000);
        store.reserve(List.of(Charge.tokens("last-b", 100, 100)));
        Charge later = Charge.tokens("last-b", 1, 100);

        // then
        assertThat(store.reserve(List.of(Charge.tokens("last-a", 1, 100), later))).isEqualTo(
                new Decision.Refused(later, 0, OptionalLong.of(61_000 - clock.millis() % 1000)));
        Charge never = Charge.tokens("last-c", 101, 100);
        assertThat(store.reserve(List.of(later, never, Charge.tokens("last-a", 1, 100)))).isEqualTo(
                new Decision.Refused(never, 100, OptionalLong.empty()));
    }

    @Test
    void shouldReportNoWaitIfAChargeCanNeverFit() {
        assertThat(store().reserve(List.of(Charge.tokens("never", 101, 100))))
                .isEqualTo(new Decision.Refused(Charge.tokens("never", 101, 100), 100, OptionalLong.empty()));
    }

    @Test
    void shouldChargeTheNewestBucketWhileTheClockIsBehind() {
        // given
        WindowStore store = store();
        store.reserve(List.of(Charge.tokens("back", 100, 100)));

        // when
        clock.advance(-30_000);

        // then
        assertThat(store.reserve(List.of(Charge.tokens("back", 1, 100)))).isInstanceOf(Decision.Refused.class);
        clock.advance(30_000 + 61_000);
        assertThat(store.reserve(List.of(Charge.tokens("back", 100, 100)))).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void shouldRecoverWithinAWindowAfterTheClockWasFarAhead() {
        // given
        WindowStore store = store();
        store.reserve(List.of(Charge.tokens("ahead", 100, 100)));

        // when
        clock.advance(-3_600_000);

        // then
        assertThat(store.reserve(List.of(Charge.tokens("ahead", 1, 100)))).isInstanceOf(Decision.Refused.class);
        clock.advance(61_000);
        assertThat(store.reserve(List.of(Charge.tokens("ahead", 100, 100)))).isInstanceOf(Decision.Admitted.class);
    }

    @Test
    void shouldGiveBackNothingToAnExpiredBucket() {
        // given
        WindowStore store = store();
        Decision.Admitted old = (Decision.Admitted) store.reserve(List.of(Charge.tokens("left", 100, 100)));
        clock.advance(61_000);
        store.reserve(List.of(Charge.tokens("left", 100, 100)));

        // when
        store.settle(old.location(), List.of(new Correction("left", old.bucket(), -100))).toCompletableFuture().join();

        // then
        assertThat(store.used(List.of("left"))).containsEntry("left", 100L);
    }

    @Test
    void shouldGiveBackNoMoreThanABucketHolds() {
        // given
        WindowStore store = store();
        Decision.Admitted admitted = (Decision.Admitted) store.reserve(List.of(Charge.tokens("most", 60, 100)));

        // when
        store.settle(admitted.location(), List.of(new Correction("most", admitted.bucket(), -100))).toCompletableFuture().join();

        // then
        assertThat(store.used(List.of("most"))).containsEntry("most", 0L);
    }
}
