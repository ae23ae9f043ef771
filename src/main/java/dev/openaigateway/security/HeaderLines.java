package dev.openaigateway.security;

import java.util.List;

/** The headers of one request, for headers that may be repeated. Names are case-insensitive. */
@FunctionalInterface
public interface HeaderLines {

    /** The values of the header's lines, in order; empty if the request has none. */
    List<String> values(String name);
}
