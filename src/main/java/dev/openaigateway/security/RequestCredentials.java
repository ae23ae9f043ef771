package dev.openaigateway.security;

import java.util.ArrayList;
import java.util.List;

/** Reads the keys in a request's headers, in the order in which they are tried. */
final class RequestCredentials {

    private static final String BEARER = "Bearer ";

    private RequestCredentials() {
    }

    /**
     * @param configured the header named in the settings, read first; it may be one of the two standard ones
     * @return the keys in the configured header, {@code Authorization: Bearer} and {@code api-key}; empty if none has a value
     */
    static List<String> of(HeaderLookup headers, String configured) {
        List<String> keys = new ArrayList<>(3);
        add(keys, configured.equalsIgnoreCase("authorization") ? null : headers.value(configured));
        add(keys, bearer(headers));
        add(keys, configured.equalsIgnoreCase("api-key") ? null : headers.value("api-key"));
        return keys;
    }

    /** The token of {@code Authorization: Bearer}; null if there is none. */
    static String bearer(HeaderLookup headers) {
        String authorization = headers.value("Authorization");
        return authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? authorization.substring(BEARER.length()).strip()
                : null;
    }

    private static void add(List<String> keys, String key) {
        if (key != null && !key.isBlank()) {
            keys.add(key.strip());
        }
    }
}
