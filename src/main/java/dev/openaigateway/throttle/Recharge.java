package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.ratelimit.Admission;
import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.Decision;
import dev.openaigateway.ratelimit.Reservation;
import dev.openaigateway.tokenizer.prompt.TokenEstimate;

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
     * Reserves what exceeds the reservations of a request that rules have changed. Returns what exceeds the changed request, unless it is a copy.
     *
     * @param call of a request, or of a copy of it; copies may call this concurrently
     * @return empty if there is room, or nothing is reserved; otherwise why there is none, and nothing more is reserved
     */
    Optional<Admission> chargeChanged(Call call) {
        return charge(call, call.request().model(), !call.isMirror(), null);
    }

    /**
     * Reserves what a request may need with another model, beyond its reservations. Otherwise as {@link #chargeChanged}.
     *
     * @param isExempt whether the client's token limit is not charged
     */
    Optional<Admission> chargeFallback(Call call, String model, boolean isExempt) {
        return charge(call, model, false, isExempt ? Admit.clientTokens(call) : null);
    }

    private Optional<Admission> charge(Call call, String model, boolean reduces, String unlimited) {
        CallReservations shared = CallReservations.of(call.original());
        Reservation admitted = shared.clientReservation();
        if (admitted == null || admitted.charges().stream().allMatch(charge -> charge.unit() == Charge.Unit.REQUESTS)) {
            return Optional.empty();
        }
        TokenEstimate estimate = PromptEstimates.of(call).estimate(model, Optional.empty());
        synchronized (shared.rechargeLock()) {
            return charge(call, shared, estimate, reduces, unlimited);
        }
    }

    private Optional<Admission> charge(Call call, CallReservations shared, TokenEstimate estimate, boolean reduces, String unlimited) {
        Reservation admitted = shared.clientReservation();
        long defaultMaxTokens = settings.get().rateLimit().defaultMaxTokens();
        List<Charge> reduced = new ArrayList<>(admitted.charges().size());
        Demand added = new Demand();
        for (Charge charge : admitted.charges()) {
            if (charge.scope().equals(unlimited)) {
                continue;
            }
            long amount = charge.unit() == Charge.Unit.REQUESTS ? charge.amount() : estimate.amountWithin(charge.limit(), defaultMaxTokens);
            reduced.add(charge.withAmount(Math.min(charge.amount(), amount)));
            long reserved = charge.amount() + shared.supplementedIn(charge.scope());
            if (amount > reserved) {
                added.add(charge.withAmount(amount - reserved), Math.max(0, estimate.leastWithin(charge.limit(), defaultMaxTokens) - reserved));
            }
        }
        if (reduces) {
            admitted.reduce(estimate.prompt(), reduced);
        }
        return added.isEmpty() ? Optional.empty() : supplement(call, shared, added);
    }

    private Optional<Admission> supplement(Call call, CallReservations shared, Demand added) {
        CallReservations own = CallReservations.of(call);
        Admission admission = added.reserve(limiter.limiter(), 0, own.redisBudget());
        if (!(admission instanceof Reservation supplement)) {
            return admission instanceof Decision.Refused && added.isOptional() ? Optional.empty() : Optional.of(admission);
        }
        LimitReporter.show(call.limitReadings(), supplement);
        shared.addSupplement(supplement, own);
        return Optional.empty();
    }
}
