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

    /**
     * Pages of the gateway have its host as origin, whatever the scheme before a proxy was.
     *
     * @param origin the request's Origin header; null if it has none
     * @param host   the request's Host header
     */
    boolean serve(String origin, String host) {
        if (origin == null || listed.contains(ANY) || listed.contains(origin)) {
            return true;
        }
        int scheme = origin.indexOf("://");
        return scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
    }
}
