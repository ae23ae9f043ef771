package dev.openaigateway.security;

import java.util.Collection;

/** The headers of one request, for checks that look at all of them. */
public interface NamedHeaders extends HeaderLookup {

    /** The names of all headers, as they were sent. */
    Collection<String> names();
}
