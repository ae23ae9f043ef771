package dev.openaigateway.call;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Bounds the bytes that all requests hold together: bodies as they arrive, rewritten copies, buffered responses. A budget
 * may be part of a larger one and then takes from both. Thread-safe; never blocks.
 */
public final class MemoryBudget {

    private static final long MEGABYTE = 1024 * 1024;
    /** What the gateway itself lives on, its tokenizer tables included. */
    private static final long OWN_HEAP = 64 * MEGABYTE;
    /** G1 aims at 2,048 regions, each of at least 1 MB. */
    private static final long REGION = Math.min(32, Math.max(1, Long.highestOneBit(Runtime.getRuntime().maxMemory() / 2048 / MEGABYTE))) * MEGABYTE;

    private final LongSupplier limit;
    private final MemoryBudget whole;
    private final AtomicLong held = new AtomicLong();
    private volatile long unread;

    /**
     * @param limit in bytes, read at each request for more
     * @param whole the budget that this one is a part of; null for the largest
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
     * Half of what the gateway leaves free: the collector needs the other half, since an array of half a region or more
     * takes whole regions, and what was released stays until it is collected.
     */
    static long ofHeap(long heap) {
        return Math.max(heap / 8, (heap - OWN_HEAP) / 2);
    }

    /**
     * The bytes of heap that an array of that length takes: G1, Java's default collector, gives an array of half a region
     * or more whole regions.
     */
    public static long ofArray(long length) {
        return length < REGION / 2 ? length : (length + REGION - 1) / REGION * REGION;
    }

    /** A lease of 0 bytes. */
    public MemoryLease lease() {
        return new MemoryLease(this);
    }

    /** Whether so many more bytes would fit at this moment. */
    public boolean hasRoomFor(long bytes) {
        return held() + bytes <= limit.getAsLong() && (whole == null || whole.hasRoomFor(bytes));
    }

    /** Bytes that are leased or wait for clients to read them. */
    public long held() {
        return held.get() + unread;
    }

    public long limit() {
        return limit.getAsLong();
    }

    /** The largest lease that can ever be had. */
    public long largest() {
        return whole == null ? limit.getAsLong() : whole.largest();
    }

    /** @param bytes that wait in the sockets' queues because clients read slower than the gateway writes */
    public void unread(long bytes) {
        unread = bytes;
    }

    /** A part of the heap's budget may be passed by one lease that is alone in it. */
    boolean take(long bytes, long leased) {
        long sum = held.addAndGet(bytes);
        boolean fits = sum + unread <= limit.getAsLong() || whole != null && sum == leased + bytes;
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
