package dev.openaigateway.call.memory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;

import static org.assertj.core.api.Assertions.assertThat;

class BufferedBodyTest {

    @Test
    void shouldKnowWhatItHoldsBeyondTheBody() throws IOException {
        MemoryBudget budget = new MemoryBudget(() -> 96 << 20, null);
        CallMemory memory = new CallMemory();
        memory.hold(budget.lease());

        BufferedBody body = BufferedBody.read(new ByteArrayInputStream(new byte[9 << 20]), 32 << 20, memory);
        memory.shrink(body.surplus());

        assertThat(budget.held()).isEqualTo(MemoryBudget.ofArray(9 << 20));
        assertThat(memory.grow(8 * (9 << 20))).as("room for the events").isTrue();
    }

    @ParameterizedTest
    @CsvSource({"31, true", "35, true", "47, true", "49, false", "60, false"})
    void shouldReadWhatFitsTwiceIntoTheWholeBudget(int megabytes, boolean fits) throws IOException {
        MemoryBudget budget = new MemoryBudget(() -> 96 << 20, null);
        CallMemory memory = new CallMemory();
        memory.hold(budget.lease());

        BufferedBody body = read(megabytes, memory);

        assertThat(body.complete()).isEqualTo(fits);
        assertThat(body.tooLarge()).isNotEqualTo(fits);
    }

    @Test
    void shouldKnowThatABodyWouldFitWithoutOtherRequests() throws IOException {
        MemoryBudget budget = new MemoryBudget(() -> 96 << 20, null);
        budget.lease().grow(50 << 20);
        CallMemory memory = new CallMemory();
        memory.hold(budget.lease());

        BufferedBody body = read(30, memory);

        assertThat(body.complete()).isFalse();
        assertThat(body.tooLarge()).isFalse();
        assertThat(body.leased()).isLessThanOrEqualTo(46 << 20);
    }

    /** What the call holds itself, such as the body of its request, is not released for the response. */
    @Test
    void shouldCountWhatTheCallHolds() throws IOException {
        MemoryBudget budget = new MemoryBudget(() -> 96 << 20, null);
        CallMemory memory = new CallMemory();
        memory.hold(budget.lease());
        memory.grow(50 << 20);
        memory.hold(budget.lease());

        assertThat(read(30, memory).tooLarge()).isTrue();
        assertThat(memory.couldGrow(46 << 20)).isFalse();
    }

    @Test
    void shouldNotBoundACallWithoutALease() throws IOException {
        assertThat(read(10, new CallMemory()).complete()).isTrue();
        assertThat(new CallMemory().couldGrow(Long.MAX_VALUE)).isTrue();
    }

    private static BufferedBody read(int megabytes, CallMemory memory) throws IOException {
        return BufferedBody.read(new ByteArrayInputStream(new byte[megabytes << 20]), 64 << 20, memory);
    }
}
