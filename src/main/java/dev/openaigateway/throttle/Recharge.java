package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.ratelimit.Admission;
import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.Reservation;
import dev.openaigateway.tokenizer.TokenEstimate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Adjusts what is reserved against the limits of a client and the gateway, when a request changes after its admission. */
final class Recharge {

    private final ActiveLimiter limiter;
    private final LiveSettings settings;

    Recharge(ActiveLimiter limiter, LiveSettings settings) {
        this.limiter = limiter;
        this.settings = settings;
    }

    /**
     * @param model   the model whose tokenizer counts the request
     * @param reduces whether a smaller amount replaces a larger one; otherwise the larger one stays reserved
     * @return null if there is room, or nothing is reserved; else why there is none, and nothing more is reserved
     */
    Admission charge(Call call, String model, boolean reduces) {
        CallReservations reservations = CallReservations.of(call);
        Reservation admitted = reservations.admitted();
        if (admitted == null || admitted.charges().stream().allMatch(charge -> charge.unit() == Charge.Unit.REQUESTS)) {
            return null;
        }
        TokenEstimate estimate = reservations.estimate(model, Optional.empty());
        long defaultMaxTokens = settings.get().rateLimit().defaultMaxTokens();
        List<Charge> reduced = new ArrayList<>(admitted.charges().size());
        Demand added = new Demand();
        for (Charge charge : admitted.charges()) {
            long amount = charge.unit() == Charge.Unit.REQUESTS ? charge.amount() : estimate.amountWithin(charge.limit(), defaultMaxTokens);
            reduced.add(charge.withAmount(Math.min(charge.amount(), amount)));
            long reserved = charge.amount() + reservations.supplemented(charge.scope());
            if (amount > reserved) {
                added.add(charge.withAmount(amount - reserved), Math.max(0, estimate.leastWithin(charge.limit(), defaultMaxTokens) - reserved));
            }
        }
        if (reduces) {
            admitted.reduce(estimate.prompt(), reduced);
        }
        return added.isEmpty() ? null : supplement(call, reservations, added);
    }

    private Admission supplement(Call call, CallReservations reservations, Demand added) {
        Admission admission = added.reserve(limiter.limiter(), 0, reservations.redisBudget());
        if (!(admission instanceof Reservation supplement)) {
            return admission instanceof Admission.Refusal && added.isOptional() ? null : admission;
        }
        LimitReporter.show(call.limitReadings(), supplement);
        reservations.supplemented(supplement);
        return null;
    }
}
