package dev.openaigateway.fallback;

import dev.openaigateway.call.Call;

/** The token limits of the client and of the gateway, for a request that falls back to another model. */
@FunctionalInterface
public interface ClientLimits {

    /**
     * Reserves what the request may need with this model, beyond what is reserved for it already. May wait for Redis.
     *
     * @return whether there is room; if not, nothing changes
     */
    boolean reserveFor(Call call, String model);
}
