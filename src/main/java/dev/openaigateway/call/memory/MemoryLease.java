package dev.openaigateway.call.memory;

/**
 * One request's share of a {@link MemoryBudget}. It starts with one holder and is released when the last holder closes it.
 * Thread-safe.
 */
public final class MemoryLease implements AutoCloseable {

    private final MemoryBudget budget;
    private long bytes;
    private int holders = 1;

    MemoryLease(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Adds all the bytes or none. Returns whether they fitted; false once the lease is released. */
    public synchronized boolean grow(long more) {
        boolean granted = holders > 0 && budget.take(more, bytes);
        bytes += granted ? more : 0;
        return granted;
    }

    /** Whether that many more bytes fit while there is no other lease. */
    public synchronized boolean couldGrow(long more) {
        return more <= budget.largest() - bytes;
    }

    /** The largest possible lease in this budget, in bytes. */
    long largest() {
        return budget.largest();
    }

    synchronized long bytes() {
        return bytes;
    }

    /** Releases some of the bytes. */
    public synchronized void shrink(long less) {
        long given = Math.min(less, bytes);
        bytes -= given;
        budget.giveBack(given);
    }

    /** A lease of 0 bytes in the same budget. */
    MemoryLease another() {
        return budget.lease();
    }

    /** Adds a holder. Returns false if the lease is already released. */
    public synchronized boolean share() {
        if (holders == 0) {
            return false;
        }
        holders++;
        return true;
    }

    @Override
    public synchronized void close() {
        if (holders > 0 && --holders == 0) {
            budget.giveBack(bytes);
            bytes = 0;
        }
    }
}
