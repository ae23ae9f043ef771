package dev.openaigateway.server.reception;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Bounds the memory of request heads that are not whole, or that wait behind another request of their connection. They are held before any key is
 * checked, so a client without a key could fill the memory with them. If they exceed the bound, the connections that have held
 * some for longest are closed: the head of an honest client is whole and served a moment after it began. All together never take more than
 * twice the bound and what one connection sends at once. Thread-safe.
 */
public final class UnfinishedHeads {

    private final LongSupplier limit;
    /** In bytes, in the order in which the heads began. */
    private final Map<PartialHead, Long> costs = new LinkedHashMap<>();
    /** Those that are being closed: the event loop of their connection may read others first. */
    private final Map<PartialHead, Long> closing = new HashMap<>();
    private long held;
    private long heldByClosing;
    private long closed;

    /** @param limit in bytes, read at each change */
    public UnfinishedHeads(LongSupplier limit) {
        this.limit = limit;
    }

    /** A head takes so many bytes now. */
    void hold(PartialHead head, long bytes) {
        excess(head, bytes).forEach(PartialHead::close);
    }

    private synchronized List<PartialHead> excess(PartialHead head, long bytes) {
        List<PartialHead> excess = new ArrayList<>(0);
        if (!closing.containsKey(head)) {
            Long before = costs.put(head, bytes);
            held += bytes - (before == null ? 0 : before);
            while (held > limit.getAsLong()) {
                excess.add(close(costs.keySet().iterator().next()));
            }
            if (held + heldByClosing > 2 * limit.getAsLong() && costs.containsKey(head)) {
                excess.add(close(head));
            }
        }
        closed += excess.size();
        return excess;
    }

    private PartialHead close(PartialHead head) {
        long bytes = costs.remove(head);
        held -= bytes;
        closing.put(head, bytes);
        heldByClosing += bytes;
        return head;
    }

    /** A head is whole and served, or its connection is closed. */
    synchronized void release(PartialHead head) {
        Long bytes = costs.remove(head);
        held -= bytes == null ? 0 : bytes;
        Long ofClosing = closing.remove(head);
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
