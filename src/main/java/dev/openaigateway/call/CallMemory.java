package dev.openaigateway.call;

import java.util.ArrayList;
import java.util.List;

/** The memory that a call holds until it is complete. Thread-safe. */
public final class CallMemory {

    private final List<MemoryLease> leases = new ArrayList<>(2);

    /** Holds the lease until the call is complete. Only the lease added last can grow. */
    public synchronized void hold(MemoryLease lease) {
        leases.add(lease);
    }

    /** Leases all the bytes or none. Returns whether they fitted; always true for a call without a lease, which is not bounded. */
    public synchronized boolean grow(long bytes) {
        return leases.isEmpty() || last().grow(bytes);
    }

    /** Releases some of the bytes. */
    public synchronized void shrink(long bytes) {
        if (!leases.isEmpty()) {
            last().shrink(bytes);
        }
    }

    /** Adds another call for the same request as a holder of this memory. */
    synchronized void shareWith(CallMemory other) {
        leases.stream().filter(MemoryLease::share).forEach(other::hold);
    }

    /** Releases everything; further calls have no effect. */
    synchronized void close() {
        leases.forEach(MemoryLease::close);
        leases.clear();
    }

    /** Releases everything; what is added from now on counts again. */
    synchronized void restart() {
        leases.forEach(MemoryLease::close);
        leases.replaceAll(MemoryLease::another);
    }

    private MemoryLease last() {
        return leases.get(leases.size() - 1);
    }
}
