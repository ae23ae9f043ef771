package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.Grant;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.fallback.ClientLimits;

/**
 * Charges a client and the gateway once for a request, with the largest amount that one of its models needs. Limits of instances
 * are charged by {@link Throttle} for each attempt. Thread-safe.
 */
public final class FallbackCharges implements ClientLimits {

    private final Recharge recharge;

    public FallbackCharges(ActiveLimiter limiter, LiveSettings settings) {
        this.recharge = new Recharge(limiter, settings);
    }

    /**
     * If the request exceeds its client's budget, the client is charged for what instances used before, not for the fallback. One-way copies,
     * such as those of {@code wireTap}, do not change the client's charges.
     */
    @Override
    public boolean reserveFor(Call call, String model) {
        if (!call.isLimited()) {
            return true;
        }
        Grant.Refusal refusal = call.refusal();
        boolean hasRoom = recharge.charge(call, model, false).isEmpty();
        if (hasRoom && refusal != null && refusal.isOverBudget() && call.exchange().getPattern().isOutCapable()) {
            CallReservations.of(call.original()).exemptFromClientLimit(Admit.scope(call.clientName()), refusal);
            call.result().exemptFromClientLimit();
        }
        return hasRoom;
    }
}
