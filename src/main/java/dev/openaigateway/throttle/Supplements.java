package dev.openaigateway.throttle;

import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.CorrectionGroup;
import dev.openaigateway.ratelimit.Reservation;

import java.util.ArrayList;
import java.util.List;

/**
 * The reservations for what rules have added to a request, or to copies of it. Each is given back when the request, and the copy that needed
 * it, have ended. Guarded by the reservations of the request.
 */
final class Supplements {

    /** @param holder the reservations of the request, or of the copy, that needed it */
    private record Supplement(Reservation reservation, CallReservations holder) {
    }

    private final List<Supplement> all = new ArrayList<>(0);
    private final List<Supplement> open = new ArrayList<>(0);

    void add(Reservation reservation, CallReservations holder) {
        Supplement supplement = new Supplement(reservation, holder);
        all.add(supplement);
        open.add(supplement);
    }

    /** What all of them were granted in a window, also those that were given back. */
    long grantedIn(String scope) {
        return all.stream().flatMap(supplement -> supplement.reservation().charges().stream())
                .filter(charge -> charge.scope().equals(scope)).mapToLong(Charge::amount).sum();
    }

    /**
     * Closes those whose holder has ended. Called only once the request has ended.
     *
     * @param kept whether they stay charged, because the usage will not be known
     */
    void endThoseOfEndedCalls(boolean kept, CorrectionGroup corrections) {
        open.removeIf(supplement -> {
            boolean ended = supplement.holder().isClosed();
            if (ended && kept) {
                supplement.reservation().keep();
            } else if (ended) {
                corrections.giveBack(supplement.reservation());
            }
            return ended;
        });
    }
}
