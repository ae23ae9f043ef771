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

    /** While a copy falls back, what is reserved for its request stays, since the request itself may still be served. */
    @Override
    public boolean begin(Call call, String model, boolean forBudget) {
        if (!call.isLimited()) {
            return true;
        }
        Grant.Refusal refusal = call.refusal();
        boolean isExempt = refusal != null && refusal.isOverBudget() && forBudget;
        if (refusal != null && !isExempt || recharge.chargeFallback(call, model, isExempt).isPresent()) {
            return false;
        }
        if (isExempt && !call.isMirror()) {
            CallReservations.of(call).releaseUnused(Admit.clientTokens(call));
        }
        call.result().exemptFromClientLimit(isExempt);
        return true;
    }

    @Override
    public void end(Call call) {
        call.result().exemptFromClientLimit(false);
    }
}
