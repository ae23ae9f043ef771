package dev.openaigateway.call;

/**
 * What one request holds of a {@link MemoryBudget}. It has one holder at first; it is given back when its last holder
 * closes it. Thread-safe.
 */
public final class MemoryLease implements AutoCloseable {

    private final MemoryBudget budget;
    private long bytes;
    private int holders = 1;

    MemoryLease(MemoryBudget budget) {
        this.budget = budget;
    }

    /** Takes more, or nothing. Returns whether there was room; false after the lease was given back. */
    public synchronized boolean grow(long more) {
        boolean granted = holders > 0 && budget.take(more, bytes);
        bytes += granted ? more : 0;
        return granted;
    }

    /** Gives a part back. */
    public synchronized void shrink(long less) {
        long given = Math.min(less, bytes);
        bytes -= given;
        budget.giveBack(given);
    }

    /** Adds a holder. Returns false if the lease was given back already. */
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
