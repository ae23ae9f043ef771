package dev.openaigateway.security;

import java.util.List;

/** The headers of one request, as the HTTP server read them, for those that may come in several lines. Names in any case. */
@FunctionalInterface
public interface HeaderLines {

    /** The values of the header's lines, in their order; empty when the request has none. */
    List<String> values(String name);
}
