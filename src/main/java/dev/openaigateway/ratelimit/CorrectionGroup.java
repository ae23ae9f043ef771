package dev.openaigateway.ratelimit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Settles the reservations of one request together, with one call per store. Not thread-safe. */
public final class CorrectionGroup {

    private record Target(TokenLimiter limiter, Decision.Location location) {
    }

    private final Map<Target, List<Correction>> pending = new HashMap<>(2);

    /** As {@link Reservation#settle(long)}, but the store is called in {@link #end}. */
    public void settle(Reservation reservation, long used) {
        settle(reservation, any -> used);
    }

    /** As {@link #settle(Reservation, long)}, with the tokens that each charge of the reservation is for. */
    public void settle(Reservation reservation, ToLongFunction<Charge> used) {
        add(reservation, reservation.settled(used));
    }

    /** As {@link Reservation#giveBack}, but the store is called in {@link #end}. */
    public void giveBack(Reservation reservation) {
        add(reservation, reservation.givenBack());
    }

    /** Passes the corrections to the stores. Does not block. */
    public void end() {
        pending.forEach((target, collected) -> target.limiter().correct(target.location(), collected));
        pending.clear();
    }

    /** A store accepts each scope once per call, so a repeated scope sends the collected corrections first. */
    private void add(Reservation reservation, List<Correction> corrections) {
        Target target = new Target(reservation.limiter(), reservation.location());
        List<Correction> collected = pending.computeIfAbsent(target, first -> new ArrayList<>(4));
        boolean known = corrections.stream().anyMatch(
                correction -> collected.stream().anyMatch(earlier -> earlier.scope().equals(correction.scope())));
        if (known) {
            target.limiter().correct(target.location(), List.copyOf(collected));
            collected.clear();
        }
        collected.addAll(corrections);
    }
}
