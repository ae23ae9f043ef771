package dev.openaigateway.tokens;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** The throttle: gives room to requests and takes it back. Safe for use by several threads. */
public final class TokenLimiter implements AutoCloseable {

    private final WindowStore store;
    private final LongAdder open = new LongAdder();
    private final LongAdder closedTwice = new LongAdder();

    TokenLimiter(WindowStore store) {
        this.store = store;
    }

    /** Windows of this process alone. */
    public static TokenLimiter inMemory(InstantSource clock) {
        return new TokenLimiter(new MemoryWindowStore(clock));
    }

    /**
     * Makes all charges or none, in one step.
     *
     * @param prompt  tokens of the prompt, kept in the reservation
     * @param charges at least one; each scope once
     */
    public Admission reserve(long prompt, List<Charge> charges) {
        Decision decision = store.reserve(charges);
        if (decision instanceof Decision.Admitted admitted) {
            open.increment();
            return new Reservation(this, prompt, charges, admitted);
        }
        return decision instanceof Decision.Refused refused
                ? new Admission.Refusal(refused.limit(), refused.remaining(), refused.waitMillis())
                : new Admission.Unavailable();
    }

    /** What each window holds now, such as an instance's tokens of the last minute. */
    public Map<String, Long> used(List<String> scopes) {
        return store.used(scopes);
    }

    /** Reservations that are neither settled nor given back. */
    public long open() {
        return open.sum();
    }

    /** Outcomes that came too late; anything but 0 is a mistake of a caller. */
    public long closedTwice() {
        return closedTwice.sum();
    }

    @Override
    public void close() {
        store.close();
    }

    void correct(Decision.Admitted admitted, Stream<Settlement> settlements) {
        List<Settlement> real = settlements.filter(settlement -> settlement.delta() != 0).toList();
        if (!real.isEmpty()) {
            store.settle(admitted, real);
        }
    }

    void closed(boolean first) {
        if (first) {
            open.decrement();
        } else {
            closedTwice.increment();
        }
    }
}
