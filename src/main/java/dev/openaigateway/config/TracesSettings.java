package dev.openaigateway.config;

import java.util.Optional;

/**
 * Whether and how requests are traced. A change needs a restart.
 *
 * @param endpoint      where spans are sent, by OTLP over HTTP, without the path {@code /v1/traces}; empty: there are no traces
 * @param detail        which spans there are
 * @param clientContext how the spans of a request relate to the trace of its client
 */
public record TracesSettings(Optional<String> endpoint, Detail detail, ClientContext clientContext) {

    /** Which spans there are: those of requests and attempts, with those of routes, or with those of routes and their steps. */
    public enum Detail { REQUESTS, ROUTES, STEPS }

    /** {@code PARENT}: the spans go on with the client's trace. {@code LINK}: they are a trace of their own, with a link to it. */
    public enum ClientContext { PARENT, LINK }
}
