package dev.openaigateway.call.memory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bounds the bytes that all requests hold together: bodies as they arrive, rewritten copies, buffered responses. A budget
 * that is part of a larger one takes from both. Thread-safe; never blocks.
 */
public final class MemoryBudget {

    private static final long MEGABYTE = 1024 * 1024;
    /** The heap that the gateway itself needs, its tokenizer tables included. */
    private static final long OWN_HEAP = 64 * MEGABYTE;
    /** G1 aims at 2,048 regions, each of at least 1 MB. */
    private static final long REGION = Math.min(32, Math.max(1, Long.highestOneBit(Runtime.getRuntime().maxMemory() / 2048 / MEGABYTE))) * MEGABYTE;

    private final LongSupplier limit;
    private final MemoryBudget whole;
    private final AtomicLong held = new AtomicLong();
    private volatile long unleased;

    /**
     * @param limit in bytes, read at each lease
     * @param whole the larger budget that contains this one; null for the largest
     */
    public MemoryBudget(LongSupplier limit, MemoryBudget whole) {
        this.limit = limit;
        this.whole = whole;
    }

    /** The budget that the heap of this process allows. */
    public static MemoryBudget ofHeap() {
        long bytes = ofHeap(Runtime.getRuntime().maxMemory());
        return new MemoryBudget(() -> bytes, null);
    }

    /**
     * Half of the heap that the gateway leaves free. The garbage collector needs the other half, because an array of half a
     * region or more takes whole regions, and released memory stays in use until it is collected.
     */
    static long ofHeap(long heap) {
        return Math.max(heap / 8, (heap - OWN_HEAP) / 2);
    }

    /**
     * The bytes of heap that an array of that length takes. G1, Java's default collector, allocates whole regions to an array
     * of half a region or more.
     */
    public static long ofArray(long length) {
        return length < REGION / 2 ? length : (length + REGION - 1) / REGION * REGION;
    }

    /** A new lease of 0 bytes. */
    public MemoryLease lease() {
        return new MemoryLease(this);
    }

    /** Whether that many more bytes fit at this moment. Reserves nothing. */
    public boolean hasRoomFor(long bytes) {
        return held() + bytes <= limit.getAsLong() && (whole == null || whole.hasRoomFor(bytes));
    }

    /** Bytes that are leased, and those that are held outside any lease. */
    public long held() {
        return held.get() + unleased;
    }

    /** The current limit, in bytes. */
    public long limit() {
        return limit.getAsLong();
    }

    /** The largest possible lease, in bytes. */
    public long largest() {
        return whole == null ? limit.getAsLong() : whole.largest();
    }

    /**
     * Sets the bytes that no lease covers.
     *
     * @param bytes of responses queued for clients, and of requests that are not served yet
     */
    public void setUnleased(long bytes) {
        unleased = bytes;
    }

    /** A lease that is alone in a budget may exceed its limit, if the budget is part of a larger one. */
    boolean take(long bytes, long leased) {
        long sum = held.addAndGet(bytes);
        boolean fits = sum + unleased <= limit.getAsLong() || whole != null && sum == leased + bytes;
        if (fits && (whole == null || whole.take(bytes, leased))) {
            return true;
        }
        held.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        held.addAndGet(-bytes);
        if (whole != null) {
            whole.giveBack(bytes);
        }
    }
}
