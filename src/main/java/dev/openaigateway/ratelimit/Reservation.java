package dev.openaigateway.ratelimit;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Room that was reserved for one request. It has three outcomes, {@link #settle}, {@link #keep} and
 * {@link #giveBack}, and takes one: a second one changes nothing and is counted by the limiter. All return at once. Safe for use by several threads.
 */
public final class Reservation implements Admission {

    private final TokenLimiter limiter;
    private final long prompt;
    private final List<Charge> charges;
    private final Decision.Admitted admitted;
    private final AtomicBoolean closed = new AtomicBoolean();

    Reservation(TokenLimiter limiter, long prompt, List<Charge> charges, Decision.Admitted admitted) {
        this.limiter = limiter;
        this.prompt = prompt;
        this.charges = charges;
        this.admitted = admitted;
    }

    /**
     * The request was answered, wholly or in part.
     *
     * @param used tokens of prompt and answer; where the upstream did not tell, the counted prompt plus what was counted
     *             of the answer
     */
    public void settle(long used) {
        limiter.correct(location(), settled(used));
    }

    /** The request was answered, but how long the answer is will not be known here: all that was reserved counts. */
    public void keep() {
        close();
    }

    /** The request was not answered: nothing of it counts, neither its tokens nor itself. */
    public void giveBack() {
        limiter.correct(location(), givenBack());
    }

    /** Tokens of the prompt, as counted. */
    public long prompt() {
        return prompt;
    }

    public List<Charge> charges() {
        return charges;
    }

    /** What the limits have left, in the order of the charges; empty while no store is asked. */
    public List<Long> remaining() {
        return admitted.remaining();
    }

    /** Until what was reserved has left the window, in milliseconds. */
    public long resetMillis() {
        return admitted.resetMillis();
    }

    public boolean isOpen() {
        return !closed.get();
    }

    TokenLimiter limiter() {
        return limiter;
    }

    Decision.Location location() {
        return admitted.location();
    }

    /** Closes it, and leaves it to the caller to have the store correct its charges. */
    List<Correction> settled(long used) {
        return close().filter(charge -> charge.unit() == Charge.Unit.TOKENS)
                .map(charge -> correction(charge, Math.max(0, used) - charge.amount())).toList();
    }

    /** Closes it, and leaves it to the caller to have the store correct its charges. */
    List<Correction> givenBack() {
        return close().map(charge -> correction(charge, -charge.amount())).toList();
    }

    private Correction correction(Charge charge, long delta) {
        return new Correction(charge.scope(), admitted.bucket(), delta);
    }

    /** The charges at the first call, none later. */
    private Stream<Charge> close() {
        boolean first = closed.compareAndSet(false, true);
        limiter.closed(first);
        return first ? charges.stream() : Stream.empty();
    }
}
