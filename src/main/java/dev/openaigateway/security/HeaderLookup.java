package dev.openaigateway.security;

/** The headers of one request. Names are case-insensitive. */
@FunctionalInterface
public interface HeaderLookup {

    /** The header's first value; null if the request has none. */
    String value(String name);
}
