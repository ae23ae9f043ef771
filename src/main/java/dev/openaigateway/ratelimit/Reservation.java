package dev.openaigateway.ratelimit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * Tokens and requests reserved for one request. Exactly one of {@link #settle}, {@link #keep} and {@link #giveBack} must be
 * called, which closes it. A second call changes nothing and is counted by the limiter. {@link #reduce} and {@link #settle(String, long)} change
 * nothing either once it is closed. None of them blocks. Thread-safe.
 */
public final class Reservation implements Admission {

    private final TokenLimiter limiter;
    private volatile long prompt;
    private volatile List<Charge> charges;
    private final Decision.Admitted admitted;
    private boolean closed;

    Reservation(TokenLimiter limiter, long prompt, List<Charge> charges, Decision.Admitted admitted) {
        this.limiter = limiter;
        this.prompt = prompt;
        this.charges = charges;
        this.admitted = admitted;
    }

    /**
     * Replaces the reserved tokens by those used, after a complete or partial response.
     *
     * @param used tokens of prompt and completion; if the upstream reported none, as counted by the gateway
     */
    public void settle(long used) {
        limiter.correct(location(), settled(any -> used));
    }

    /** Keeps all that was reserved, for a response whose usage will not be known. */
    public void keep() {
        close();
    }

    /** Returns everything, tokens and request, if there was no response. */
    public void giveBack() {
        limiter.correct(location(), givenBack());
    }

    /**
     * Changes what is reserved, because the request has changed. Charges that become smaller return the difference at once.
     * Larger ones need a reservation of their own for the difference.
     *
     * @param counted tokens of the changed prompt
     * @param smaller the charges, with amounts that are not larger; one that is missing stays
     */
    public synchronized void reduce(long counted, List<Charge> smaller) {
        if (!closed) {
            prompt = counted;
            replace(charges.stream().map(charge -> smaller.stream().filter(other -> other.scope().equals(charge.scope())).findFirst().orElse(charge)).toList());
        }
    }

    /**
     * Replaces what is reserved in one window by what was used so far. The rest stays reserved.
     *
     * @param used tokens, at least 0
     */
    public synchronized void settle(String scope, long used) {
        if (!closed) {
            replace(charges.stream().map(charge -> charge.scope().equals(scope) ? charge.withAmount(used) : charge).toList());
        }
    }

    /** @param others the same charges with other amounts, in the same order */
    private void replace(List<Charge> others) {
        List<Correction> corrections = new ArrayList<>(others.size());
        for (int i = 0; i < others.size(); i++) {
            corrections.add(correction(others.get(i), others.get(i).amount() - charges.get(i).amount()));
        }
        charges = others;
        limiter.correct(location(), corrections);
    }

    /** Tokens of the prompt, as counted. */
    public long prompt() {
        return prompt;
    }

    public List<Charge> charges() {
        return charges;
    }

    /** What the limits have left, in the order of the charges; empty if no store was charged. */
    public List<Long> remaining() {
        return admitted.remaining();
    }

    /** Time until the reserved amount has left the window, in milliseconds. */
    public long resetMillis() {
        return admitted.resetMillis();
    }

    TokenLimiter limiter() {
        return limiter;
    }

    Decision.Location location() {
        return admitted.location();
    }

    /** Closes the reservation. The caller must pass the returned corrections to the store. */
    List<Correction> settled(ToLongFunction<Charge> used) {
        return close().filter(charge -> charge.unit() == Charge.Unit.TOKENS)
                .map(charge -> correction(charge, Math.max(0, used.applyAsLong(charge)) - charge.amount())).toList();
    }

    /** Closes the reservation. The caller must pass the returned corrections to the store. */
    List<Correction> givenBack() {
        return close().map(charge -> correction(charge, -charge.amount())).toList();
    }

    private Correction correction(Charge charge, long delta) {
        return new Correction(charge.scope(), admitted.bucket(), delta);
    }

    /** Returns the charges on the first call, none afterwards. */
    private synchronized Stream<Charge> close() {
        boolean first = !closed;
        closed = true;
        limiter.closed(first);
        return first ? charges.stream() : Stream.empty();
    }
}
