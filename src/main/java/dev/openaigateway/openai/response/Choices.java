package dev.openaigateway.openai.response;

import java.util.BitSet;

/**
 * Choices of a completion by their index.
 *
 * @param seen     all choices
 * @param finished those with a finish reason
 * @param failed   those whose latest end is an error of their own
 * @param reported those that say anything of an error, which may be beside a result
 */
public record Choices(BitSet seen, BitSet finished, BitSet failed, BitSet reported) {

    /** Indexes from this value on are not distinguished, since only a broken upstream sends them. */
    private static final int MOST = 4096;

    Choices() {
        this(new BitSet(), new BitSet(), new BitSet(), new BitSet());
    }

    void see(int index, boolean finish) {
        int choice = Math.floorMod(index, MOST);
        seen.set(choice);
        if (finish) {
            finished.set(choice);
        }
    }

    void fail(int index) {
        failed.set(Math.floorMod(index, MOST));
    }

    void report(int index) {
        reported.set(Math.floorMod(index, MOST));
    }

    /** An error of the whole event does not count as an error of a choice. */
    void withdrawFailures() {
        failed.clear();
    }

    /** What a later event says. A choice that ends well after all has not failed. */
    void add(Choices more) {
        if (!failed.isEmpty()) {
            BitSet well = (BitSet) more.finished.clone();
            well.andNot(more.failed);
            failed.andNot(well);
        }
        seen.or(more.seen);
        finished.or(more.finished);
        failed.or(more.failed);
    }

    /** Whether each choice is finished, and there are at least that many. */
    boolean allFinished(long atLeast) {
        return finished.equals(seen) && finished.cardinality() >= Math.max(1, atLeast);
    }

    /** Whether each choice has failed, and there are at least that many. */
    boolean allFailed(long atLeast) {
        return failed.equals(seen) && failed.cardinality() >= atLeast;
    }
}
