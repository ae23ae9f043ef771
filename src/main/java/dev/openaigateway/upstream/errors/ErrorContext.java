package dev.openaigateway.upstream.errors;

import dev.openaigateway.openai.UpstreamError;

/**
 * An error of an upstream, with what its meaning depends on. Immutable.
 *
 * @param status            the HTTP status; {@link UpstreamError#UNKNOWN_STATUS} for an error that came with a status of success
 * @param sent              the error as the upstream has sent it
 * @param meant             the same without what proxies have put around it
 * @param asked             the model that the error may name
 * @param markup            whether the error is a page, as proxies and firewalls send it
 * @param aboutStoredObject whether the request is about one stored object
 */
public record ErrorContext(int status, UpstreamError sent, UpstreamError meant, RequestedModel asked, boolean markup, boolean aboutStoredObject) {

    /** Finds what the error means behind what proxies have put around it. */
    public static ErrorContext of(int status, UpstreamError sent, RequestedModel asked, boolean markup, boolean aboutStoredObject) {
        return new ErrorContext(status, sent, WrappedErrors.unwrap(sent), asked, markup, aboutStoredObject);
    }
}
