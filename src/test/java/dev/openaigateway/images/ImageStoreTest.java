package dev.openaigateway.images;

import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.call.memory.MemoryLease;
import dev.openaigateway.support.TestClock;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A quarter of the budget is 100 bytes. */
class ImageStoreTest {

    private final TestClock clock = new TestClock();
    private final MemoryBudget budget = new MemoryBudget(() -> 400, null);
    private final ImageStore store = new ImageStore(budget, Duration.ofHours(1), clock);

    @Test
    void shouldFindStoredImages() {
        String id = keep(3);

        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(store.find(id)).hasValue(new byte[3]);
        assertThat(store.find("other")).isEmpty();
    }

    @Test
    void shouldDropExpiredImages() {
        String id = keep(10);

        clock.advance(Duration.ofMinutes(59));
        assertThat(store.find(id)).isPresent();
        clock.advance(Duration.ofMinutes(1));
        assertThat(store.find(id)).isEmpty();
        assertThat(budget.held()).isZero();
    }

    @Test
    void shouldDropTheOldestWhenFull() {
        String oldest = keep(40);
        String older = keep(40);
        String newest = keep(40);

        assertThat(store.find(oldest)).isEmpty();
        assertThat(store.find(older)).isPresent();
        assertThat(store.find(newest)).isPresent();
        assertThat(budget.held()).isEqualTo(80);
    }

    @Test
    void shouldCountImagesInTheBudgetFromTheirReservationOn() {
        assertThat(store.reserve(70)).isTrue();
        assertThat(budget.held()).isEqualTo(70);
        assertThat(store.reserve(40)).as("beside the reservation").isFalse();

        store.keep(List.of(new byte[20], new byte[30]), 70);

        assertThat(budget.held()).isEqualTo(50);
        assertThat(store.reserve(50)).isTrue();
    }

    @Test
    void shouldReserveNothingThatDoesNotFit() {
        String kept = keep(60);
        try (MemoryLease requests = budget.lease()) {
            assertThat(requests.grow(330)).isTrue();

            assertThat(store.reserve(30)).as("requests hold the rest").isFalse();
            assertThat(store.reserve(101)).as("more than a quarter").isFalse();
        }

        assertThat(store.isLargeEnoughFor(101)).isFalse();
        assertThat(store.find(kept)).isPresent();
        assertThat(budget.held()).isEqualTo(60);
    }

    private String keep(int length) {
        assertThat(store.reserve(length)).isTrue();
        return store.keep(List.of(new byte[length]), length).get(0);
    }
}
