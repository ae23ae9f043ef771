package dev.openaigateway.call.memory;

import java.util.ArrayList;
import java.util.List;

/** The memory that a call holds until it is complete. Thread-safe. */
public final class CallMemory {

    /** Bytes reserved for every call: its buffers, its exchange and its thread's stack. */
    public static final long LEAST = 32 * 1024;

    private final List<MemoryLease> leases = new ArrayList<>(2);

    /** Holds the lease until the call is complete. Only the lease added last can grow. */
    public synchronized void hold(MemoryLease lease) {
        leases.add(lease);
    }

    /** Leases all the bytes or none. Returns whether they fitted; always true for a call without a lease, which is not bounded. */
    public synchronized boolean grow(long bytes) {
        return leases.isEmpty() || last().grow(bytes);
    }

    /** Whether that many more bytes fit while no other call holds memory. If not, no later try of the request can have them. */
    public synchronized boolean couldGrow(long bytes) {
        return bytes <= most();
    }

    /** The bytes that this call could lease beside its own while no other call holds memory. */
    synchronized long most() {
        return leases.isEmpty() ? Long.MAX_VALUE : last().largest() - leases.stream().mapToLong(MemoryLease::bytes).sum();
    }

    /** Releases some of the bytes. */
    public synchronized void shrink(long bytes) {
        if (!leases.isEmpty()) {
            last().shrink(bytes);
        }
    }

    /** Adds another call for the same request as a holder of this memory. */
    public synchronized void shareWith(CallMemory other) {
        leases.stream().filter(MemoryLease::share).forEach(other::hold);
    }

    /**
     * Releases everything.
     *
     * @param again whether what is added from now on counts again, as that of a mirror: it has no end of its own, so each step that calls an
     *              instance for it releases what it holds. Otherwise further calls have no effect.
     */
    public synchronized void release(boolean again) {
        leases.forEach(MemoryLease::close);
        if (again) {
            leases.replaceAll(MemoryLease::another);
        } else {
            leases.clear();
        }
    }

    private MemoryLease last() {
        return leases.get(leases.size() - 1);
    }
}
