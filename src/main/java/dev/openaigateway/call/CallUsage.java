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
    private boolean known;
    private Supplier<CompletionCounter> counters;
    private CompletionCounter counter;
    private Usage billed;
    private Usage copied;
    private boolean exempt;
    private Usage exempted;
    private long copiedExempt;
    private CallUsage asker;

    /** Adds the usage of this call to that of another one, which waits for it; null for none. */
    void answers(CallUsage waiting) {
        asker = waiting;
    }

    /** Begins an attempt: what an earlier one reported or sent is not its own. */
    void begin() {
        report(null, false);
        counter = null;
    }

    /** @param total whether it is that of the whole response */
    void report(Usage billed, boolean total) {
        reported = billed;
        known = total && billed != null && billed.total() > 0;
    }

    boolean isKnown() {
        return known;
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

    /** Null if no tokens were reported for the attempt. Those reported before its end leave out what followed, which may be counted. */
    Usage tokens() {
        if (reported == null || reported.total() == 0) {
            return null;
        }
        return known || counter() == null ? reported : reported.atLeast(counter.counted());
    }

    /** Adds what the attempt has used. */
    void billed() {
        Usage used = ofAttempt();
        if (exempt) {
            exempted = sum(exempted, used);
        } else {
            billed = sum(billed, used);
        }
        if (asker != null) {
            asker.copied(used, exempt ? used.total() : 0);
        }
    }

    private synchronized void copied(Usage used, long ofExempt) {
        copied = sum(copied, used);
        copiedExempt += ofExempt;
        if (asker != null) {
            asker.copied(used, ofExempt);
        }
    }

    /** @param isExempt whether what later attempts use is not charged to the client's token limit */
    void exempt(boolean isExempt) {
        exempt = isExempt;
    }

    /** The reported tokens; without any, those counted. */
    private Usage ofAttempt() {
        Usage tokens = tokens();
        if (tokens != null) {
            return tokens;
        }
        Usage counted = counter() == null ? NONE : counter().counted();
        return reported == null ? counted
                : new Usage(counted.promptTokens(), counted.completionTokens(), reported.details(), reported.serviceTier());
    }

    private static Usage sum(Usage before, Usage more) {
        return before == null ? more : more == null ? before : before.plus(more);
    }

    /** Whether an attempt was billed. */
    boolean isBilled() {
        return billed != null || exempted != null;
    }

    /** Whether a copy has a response. */
    synchronized boolean isCopied() {
        return copied != null;
    }

    /**
     * Of all attempts; those of copies only if the call has none that is charged to the client: the client's response was made of theirs, or
     * its fallback was free.
     *
     * @param withCopies whether copies count
     */
    synchronized Usage total(boolean withCopies) {
        Usage total = sum(withCopies && billed == null ? copied : billed, exempted);
        return total == null ? NONE : total;
    }

    /** The tokens of {@link #total} that are charged to the client's token limit. */
    synchronized long charged(boolean withCopies) {
        long ofExempt = exempted == null ? 0 : exempted.total();
        return total(withCopies).total() - ofExempt - (withCopies && billed == null ? copiedExempt : 0);
    }
}
