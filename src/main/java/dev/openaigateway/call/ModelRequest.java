package dev.openaigateway.call;

import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.RequestBody;

/**
 * A client's request as it was read. Immutable.
 *
 * @param operation null until the request is read
 * @param body      null until the request is read
 * @param model     as the client named it, in the body or in the path; null until the request is read, empty for a
 *                  request about a stored object whose owner is unknown
 * @param apiVersion the {@code api-version} of the query, or null
 * @param pinnedTo  the only instance that can serve the request, because it stored the object that the request refers to;
 *                  null if any instance can
 */
public record ModelRequest(Operation operation, RequestBody body, String model, String apiVersion, String pinnedTo) {

    /** A request that has not been read. */
    public static final ModelRequest UNREAD = new ModelRequest(null, null, null, null, null);

    /** Whether the client requested a stream, of an operation that has streams. */
    public boolean stream() {
        return body != null && body.stream() && operation.streams();
    }

    /** Whether the request is about a stored object, whose tokens were billed to an earlier call. */
    public boolean isBilledBefore() {
        return body != null && body.isBilledBefore();
    }
}
