package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
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

    @Override
    public boolean admits(Call call, String model) {
        return call.isMirror() || recharge.charge(call, model, false) == null;
    }
}
