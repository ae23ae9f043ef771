package dev.openaigateway.request;

import dev.openaigateway.openai.Operation;
import org.apache.camel.Exchange;

/** The change that a {@code request:} step makes to the JSON text of a request. Thread-safe. */
@FunctionalInterface
interface RequestEdit {

    /**
     * The changed bytes; the same array if nothing changes.
     *
     * @throws IllegalArgumentException if the request has no valid value for the change; the message says why
     */
    byte[] apply(byte[] json, Operation operation, Exchange exchange);

    /** Both edits, one after the other. */
    default RequestEdit then(RequestEdit next) {
        return (json, operation, exchange) -> next.apply(apply(json, operation, exchange), operation, exchange);
    }
}
