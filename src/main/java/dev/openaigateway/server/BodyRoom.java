package dev.openaigateway.server;

import dev.openaigateway.call.memory.MemoryBudget;

/**
 * The memory for some of the request bodies. Thread-safe.
 *
 * @param budget  for all of them together
 * @param largest the largest body, in bytes
 */
record BodyRoom(MemoryBudget budget, long largest) {

    /** The memory is divided by it for what senders send before they are checked, so that they leave the others theirs. */
    static final int UNCHECKED_DIVISOR = 8;

    /** @param memory the budget of the heap, of which this room gets a share */
    static BodyRoom unchecked(MemoryBudget memory, long largest) {
        MemoryBudget share = new MemoryBudget(() -> memory.limit() / UNCHECKED_DIVISOR, memory);
        return new BodyRoom(share, Math.min(largest, share.limit() / BodyCollector.COPIES));
    }

    static long cost(long length) {
        return BodyCollector.COPIES * MemoryBudget.ofArray(length);
    }

    /** Bytes of the largest body that this room can hold. */
    long largestFitting() {
        return Math.min(largest, budget.largest() / BodyCollector.COPIES);
    }

    boolean isTooLarge(long length) {
        return length > largest || cost(length) > budget.largest();
    }

    /** Whether there is room at this moment. Reserves nothing: memory is reserved for received bytes, not for a declared length. */
    boolean hasRoomFor(long declared) {
        return budget.held() == 0 || budget.hasRoomFor(cost(declared));
    }
}
