package dev.openaigateway.security;

/** The headers of one request, as the HTTP server read them. Names in any case. */
@FunctionalInterface
public interface HeaderLookup {

    /** The header's first value; null when the request has none. */
    String value(String name);
}
