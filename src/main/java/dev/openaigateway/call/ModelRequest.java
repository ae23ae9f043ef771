package dev.openaigateway.call;

import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.body.JsonBody;
import dev.openaigateway.openai.body.RequestBody;

/**
 * A client's request as it was read, or as rules have changed it. Immutable.
 *
 * @param operation null until the request is read
 * @param body      null until the request is read
 * @param model     the model to ask for: as the client named it in the body or in the path, or the target of the alias that it
 *                  named; null until the request is read, empty for a request about a stored object whose owner is unknown
 * @param alias     the public name that the client used for the model; null if it is no alias
 * @param apiVersion the {@code api-version} of the query, or null
 * @param query     the parameters of the client's query that are passed on to the upstream; empty if there are none
 * @param placement the instances that keep what the request refers to; null if that is unknown, or if it refers to nothing
 */
public record ModelRequest(Operation operation, RequestBody body, String model, String alias, String apiVersion, String query, Placement placement) {

    /** A request that has not been read. */
    public static final ModelRequest UNREAD = new ModelRequest(null, null, null, null, null, "", null);

    /** A copy that asks for another model. The body stays as it is; a provider names the model when it sends the request. */
    public ModelRequest withModel(String other) {
        return changed(body, other);
    }

    /** The model as the client named it. */
    public String requestedModel() {
        return alias == null ? model : alias;
    }

    /** A copy with another body and another model. */
    public ModelRequest changed(RequestBody otherBody, String otherModel) {
        return new ModelRequest(operation, otherBody, otherModel, otherModel.equals(model) ? alias : null, apiVersion, query, placement);
    }

    /** A copy with another query. */
    public ModelRequest withQuery(String other) {
        return new ModelRequest(operation, body, model, alias, apiVersion, other, placement);
    }

    /** Whether the client requested a stream, of an operation that has streams. */
    public boolean stream() {
        return body != null && body.stream() && operation.streams();
    }

    /** Whether the client can resume a stream that breaks off, since the upstream goes on with the response without it. */
    public boolean isResumable() {
        return operation == Operation.RESPONSES && stream() && (isBilledBefore() || inBackground());
    }

    /** Whether the upstream goes on with the response when no client waits for it. */
    public boolean inBackground() {
        return operation == Operation.RESPONSES && body instanceof JsonBody json && json.inBackground();
    }

    /** Whether the request is about a stored object, whose tokens were billed to an earlier call. */
    public boolean isBilledBefore() {
        return body != null && body.isBilledBefore();
    }
}
