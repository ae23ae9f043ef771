package dev.openaigateway.fallback;

import dev.openaigateway.call.Call;

/** The token limits of the client and of the gateway, for a request that falls back to another model. Thread-safe. */
public interface ClientLimits {

    /**
     * Reserves what the request may need with this model, beyond what is reserved for it already. May wait for Redis. A request beyond its
     * client's budget is served by a fallback for that alone, which is not charged to the client's token limit.
     *
     * @param forBudget whether the model is a fallback for {@link FallbackTrigger#BUDGET}
     * @return whether there is room, so that {@link #end} must be called; if not, nothing changes
     */
    boolean begin(Call call, String model, boolean forBudget);

    /** The model has responded or failed: what the request asks from now on is charged to the client's token limit again. */
    void end(Call call);
}
