package dev.openaigateway.call;

import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.Usage;

import java.util.function.Supplier;

/**
 * The tokens of a call: those of its latest attempt, and the sum of all attempts that their upstreams bill. Copies of the
 * request that a rule waits for add theirs apart, from any thread; the rest is for the thread that serves the call.
 */
final class CallUsage {

    private static final Usage NONE = new Usage(0, 0);

    private Usage reported;
    private Supplier<CompletionCounter> counters;
    private CompletionCounter counter;
    private Usage billed;
    private Usage copied;
    private boolean exempt;
    private long billedExempt;
    private long copiedExempt;
    private CallUsage asker;

    /** Adds the usage of this call to that of another one, which waits for it; null for none. */
    void answers(CallUsage waiting) {
        asker = waiting;
    }

    /** Begins an attempt: what an earlier one reported or sent is not its own. */
    void begin() {
        reported = null;
        counter = null;
    }

    void report(Usage billed) {
        reported = billed;
    }

    void countWith(Supplier<CompletionCounter> each) {
        counters = each;
        counter = null;
    }

    boolean isCounted() {
        return counters != null;
    }

    CompletionCounter counter() {
        if (counter == null && counters != null) {
            counter = counters.get();
        }
        return counter;
    }

    /** Null if no tokens were reported for the attempt. */
    Usage tokens() {
        return reported == null || reported.total() == 0 ? null : reported;
    }

    /** Adds what the attempt has used. */
    void billed() {
        Usage used = ofAttempt();
        long ofExempt = exempt ? used.total() : 0;
        billed = sum(billed, used);
        billedExempt += ofExempt;
        if (asker != null) {
            asker.copied(used, ofExempt);
        }
    }

    private synchronized void copied(Usage used, long ofExempt) {
        copied = sum(copied, used);
        copiedExempt += ofExempt;
        if (asker != null) {
            asker.copied(used, ofExempt);
        }
    }

    /** What later attempts use is not charged to the client's token limit. */
    void exempt() {
        exempt = true;
    }

    /** The reported tokens; without any, those counted. */
    private Usage ofAttempt() {
        if (tokens() != null) {
            return reported;
        }
        Usage counted = counter() == null ? NONE : counter().counted();
        return reported == null ? counted
                : new Usage(counted.promptTokens(), counted.completionTokens(), reported.details(), reported.serviceTier());
    }

    private static Usage sum(Usage before, Usage more) {
        return before == null ? more : before.plus(more);
    }

    /** Whether an attempt was billed. */
    boolean isBilled() {
        return billed != null;
    }

    /** Whether a copy has a response. */
    synchronized boolean isCopied() {
        return copied != null;
    }

    /**
     * Of all attempts; those of copies only if the call has none, so that the client's response was made of theirs.
     *
     * @param withCopies whether copies count
     */
    synchronized Usage total(boolean withCopies) {
        return billed != null ? billed : withCopies && copied != null ? copied : NONE;
    }

    /** The tokens of {@link #total} that are charged to the client's token limit. */
    synchronized long charged(boolean withCopies) {
        return total(withCopies).total() - (billed != null ? billedExempt : withCopies ? copiedExempt : 0);
    }
}
