package dev.openaigateway.call;

import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.RequestBody;

/**
 * A client's request as it was read. Immutable.
 *
 * @param operation null until the request was read
 * @param body      null until the request was read
 * @param model     as the client named it, in the body or in the path; empty for a stored-response request whose owner is
 *                  unknown
 * @param apiVersion the {@code api-version} of the query, or null
 * @param pinnedTo  the only instance that can serve the request, because it stored what the request refers to; null where
 *                  any instance will do
 */
public record ModelRequest(Operation operation, RequestBody body, String model, String apiVersion, String pinnedTo) {

    /** A request that was not read, or not yet. */
    public static final ModelRequest UNREAD = new ModelRequest(null, null, null, null, null);

    /** Whether the response is to be a stream. */
    public boolean stream() {
        return body != null && body.stream();
    }

    /** Whether it is about the response of an earlier request, whose tokens were billed then. */
    public boolean isBilledBefore() {
        return body != null && body.isBilledBefore();
    }
}
