package dev.openaigateway.call.memory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class MemoryBudgetTest {

    private final MemoryBudget heap = new MemoryBudget(() -> 1000, null);
    private final MemoryBudget bodies = new MemoryBudget(() -> 100, heap);

    @Test
    void shouldTakeNothingWhereThereIsNoRoom() {
        MemoryLease first = heap.lease();
        MemoryLease second = heap.lease();

        assertThat(first.grow(900)).isTrue();
        assertThat(second.grow(101)).isFalse();
        assertThat(heap.held()).isEqualTo(900);
        assertThat(second.grow(100)).isTrue();
    }

    @Test
    void shouldGiveBackOnceWhenTheLastHolderCloses() {
        MemoryLease lease = heap.lease();
        lease.grow(500);
        assertThat(lease.share()).isTrue();

        lease.close();
        assertThat(heap.held()).isEqualTo(500);
        lease.close();
        lease.close();

        assertThat(heap.held()).isZero();
        assertThat(lease.share()).isFalse();
        assertThat(lease.grow(1)).isFalse();
    }

    @Test
    void shouldShrinkByNoMoreThanItHolds() {
        MemoryLease lease = heap.lease();
        lease.grow(10);

        lease.shrink(30);

        assertThat(heap.held()).isZero();
    }

    @Test
    void shouldLetALeaseThatIsAlonePassItsPartButNotTheHeap() {
        MemoryLease alone = bodies.lease();

        assertThat(alone.grow(150)).isTrue();
        assertThat(bodies.lease().grow(1)).isFalse();
        assertThat(alone.grow(851)).isFalse();
        assertThat(heap.held()).isEqualTo(150);

        alone.close();
        assertThat(bodies.held() + heap.held()).isZero();
    }

    @Test
    void shouldCountWhatClientsHaveNotRead() {
        heap.setUnleased(990);

        assertThat(heap.lease().grow(11)).isFalse();
        assertThat(heap.hasRoomFor(10)).isTrue();
        assertThat(bodies.hasRoomFor(11)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"128, 32", "256, 96", "512, 224", "2048, 992", "64, 8"})
    void shouldLeaveTheCollectorHalfOfTheFreeHeap(long heapMegabytes, long budgetMegabytes) {
        assertThat(MemoryBudget.ofHeap(heapMegabytes << 20)).isEqualTo(budgetMegabytes << 20);
    }

    @Test
    void shouldBoundWhatAMirrorHoldsAfterARelease() {
        CallMemory memory = new CallMemory();
        memory.hold(heap.lease());
        memory.grow(900);

        memory.release(true);

        assertThat(heap.held()).isZero();
        assertThat(memory.grow(1001)).isFalse();
        assertThat(memory.grow(1000)).isTrue();
        memory.release(false);
        assertThat(heap.held()).isZero();
    }

    @Test
    void shouldCountLargeArraysInWholeRegions() {
        assertThat(MemoryBudget.ofArray(1000)).isEqualTo(1000);
        assertThat(MemoryBudget.ofArray(100_000_001) % (1 << 20)).isZero();
        assertThat(MemoryBudget.ofArray(100_000_001)).isGreaterThan(100_000_001);
    }
}
