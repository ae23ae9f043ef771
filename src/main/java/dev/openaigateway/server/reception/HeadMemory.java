package dev.openaigateway.server.reception;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Bounds the memory of requests that clients send and that are not served yet: incomplete heads, and bytes that wait behind
 * another request of their connection. They are held before any key is checked, so a client without a key could fill the memory
 * with them. If they exceed the bound, the connections that have held some for longest are closed: the head of an honest client is whole
 * and served a moment after it began. All together never take more than twice the bound and what one connection sends at once. Thread-safe.
 */
public final class HeadMemory {

    private final LongSupplier limit;
    /** In bytes, in the order in which the connections began to hold them. */
    private final Map<ConnectionHeads, Long> costs = new LinkedHashMap<>();
    /** Those that are being closed: the event loop of their connection may read others first. */
    private final Map<ConnectionHeads, Long> closing = new HashMap<>();
    private long held;
    private long heldByClosing;
    private long closed;

    /** @param limit in bytes, read at each change */
    public HeadMemory(LongSupplier limit) {
        this.limit = limit;
    }

    /** A connection holds so many bytes now. */
    void update(ConnectionHeads heads, long bytes) {
        excess(heads, bytes).forEach(ConnectionHeads::close);
    }

    private synchronized List<ConnectionHeads> excess(ConnectionHeads heads, long bytes) {
        List<ConnectionHeads> excess = new ArrayList<>(0);
        if (!closing.containsKey(heads)) {
            Long before = costs.put(heads, bytes);
            held += bytes - (before == null ? 0 : before);
            while (held > limit.getAsLong()) {
                excess.add(close(costs.keySet().iterator().next()));
            }
            if (held + heldByClosing > 2 * limit.getAsLong() && costs.containsKey(heads)) {
                excess.add(close(heads));
            }
        }
        closed += excess.size();
        return excess;
    }

    private ConnectionHeads close(ConnectionHeads heads) {
        long bytes = costs.remove(heads);
        held -= bytes;
        closing.put(heads, bytes);
        heldByClosing += bytes;
        return heads;
    }

    /** A connection holds nothing more, or is closed. */
    synchronized void release(ConnectionHeads heads) {
        Long bytes = costs.remove(heads);
        held -= bytes == null ? 0 : bytes;
        Long ofClosing = closing.remove(heads);
        heldByClosing -= ofClosing == null ? 0 : ofClosing;
    }

    /** The bytes of all of them. */
    public synchronized long held() {
        return held + heldByClosing;
    }

    /** The bound, in bytes. */
    public long limit() {
        return limit.getAsLong();
    }

    /** How many connections were closed since the last call. */
    public synchronized long takeClosed() {
        long taken = closed;
        closed = 0;
        return taken;
    }
}
