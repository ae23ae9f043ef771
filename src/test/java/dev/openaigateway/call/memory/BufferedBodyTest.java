package dev.openaigateway.call.memory;

import org.junit.jupiter.api.Test;

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
}
