package dev.openaigateway.call;

import java.util.ArrayList;
import java.util.List;

/** The memory that a call holds until it has ended. Thread-safe. */
public final class CallMemory {

    private final List<MemoryLease> leases = new ArrayList<>(2);

    /** Keeps the lease open until the call has ended. The lease added last is the one that may grow. */
    public synchronized void hold(MemoryLease lease) {
        leases.add(lease);
    }

    /** Takes more bytes, or nothing. Returns whether there was room; a call without a lease is not bounded. */
    public synchronized boolean grow(long bytes) {
        return leases.isEmpty() || last().grow(bytes);
    }

    /** Gives a part of the bytes back. */
    public synchronized void shrink(long bytes) {
        if (!leases.isEmpty()) {
            last().shrink(bytes);
        }
    }

    /** Has another call, which works on the same request, hold the same memory. */
    synchronized void shareWith(CallMemory other) {
        leases.stream().filter(MemoryLease::share).forEach(other::hold);
    }

    /** Gives everything back; further calls have no effect. */
    synchronized void close() {
        leases.forEach(MemoryLease::close);
        leases.clear();
    }

    private MemoryLease last() {
        return leases.get(leases.size() - 1);
    }
}
