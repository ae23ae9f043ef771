package dev.openaigateway.throttle;

import dev.openaigateway.api.Call;
import dev.openaigateway.api.LimitReading;
import dev.openaigateway.api.Usage;
import dev.openaigateway.tokens.Charge;
import dev.openaigateway.tokens.Reservation;

import java.util.List;

/** What a reservation means for the call it was made for. */
final class Limits {

    private Limits() {
    }

    /** Shows the client where its limits stand. */
    static void show(Call call, Reservation reservation) {
        List<Long> remaining = reservation.remaining();
        for (int i = 0; i < remaining.size(); i++) {
            Charge charge = reservation.charges().get(i);
            LimitReading reading = new LimitReading(charge.limit(), remaining.get(i), reservation.resetMillis());
            if (charge.unit() == Charge.Unit.REQUESTS) {
                call.underRequestLimit(reading);
            } else {
                call.underTokenLimit(reading);
            }
        }
    }

    /** What the upstream billed; where it did not say, the prompt as counted and what was seen of the answer. */
    static long used(Call call, Reservation reservation) {
        Usage usage = call.usage();
        if (usage != null) {
            return usage.total();
        }
        return reservation.prompt() + (call.tally() == null ? 0 : call.tally().tokens());
    }
}
