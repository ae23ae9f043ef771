package dev.openaigateway.security;

import java.util.List;

/**
 * Decides which web pages may send requests, by the {@code Origin} that their browser adds: those of the gateway itself and those that
 * are listed. Programs send no origin. Immutable.
 */
final class AllowedOrigins {

    private static final String ANY = "*";

    private final List<String> listed;

    /** @param listed origins as browsers send them, or {@code *} for all */
    AllowedOrigins(List<String> listed) {
        this.listed = List.copyOf(listed);
    }

    /** Pages of the gateway have its host as origin, whatever the scheme before a proxy was. */
    boolean serve(HeaderLookup headers) {
        if (listed.contains(ANY)) {
            return true;
        }
        String origin = headers.value("Origin");
        if (origin == null) {
            return !isEmbedded(headers);
        }
        int scheme = origin.indexOf("://");
        return listed.contains(origin) || scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(headers.value("Host"));
    }

    /**
     * Whether a page of another site embeds what is requested, such as an image or a frame. Browsers send no origin with such a GET, but
     * tell how the sites relate. A link that the user follows is served.
     */
    private static boolean isEmbedded(HeaderLookup headers) {
        return "cross-site".equals(headers.value("Sec-Fetch-Site")) && !"cors".equals(headers.value("Sec-Fetch-Mode"))
                && headers.value("Sec-Fetch-User") == null;
    }
}
