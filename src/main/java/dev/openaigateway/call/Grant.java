package dev.openaigateway.call;

import dev.openaigateway.openai.ApiError;

/**
 * What the limits of a client and of the gateway have granted to a request. A request and its copies share one object, so none of
 * them asks an instance for more than was granted. Thread-safe.
 */
public interface Grant {

    /**
     * Why a request is not granted.
     *
     * @param error        what the client gets
     * @param isOverBudget whether it was the client's token limit that had no room, so that a fallback that is not charged to it may serve the request
     */
    record Refusal(ApiError error, boolean isOverBudget) {
    }

    /** Why the request is refused as the client sent it; null if that was granted. */
    Refusal asReceived();

    /**
     * Asks the limits for what rules have made of the request, or of a copy of it. May wait for Redis.
     *
     * @return null if it is granted
     */
    Refusal reserve(Call call);
}
