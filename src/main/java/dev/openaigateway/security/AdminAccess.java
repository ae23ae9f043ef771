package dev.openaigateway.security;

import dev.openaigateway.config.AdminSettings;
import dev.openaigateway.config.CorsSettings;
import dev.openaigateway.config.KeyDigest;

import java.util.List;

/**
 * Decides whether a request may use the admin endpoints. With a token configured, the request must carry it. Without one,
 * it must come from the same machine; a request that was forwarded, or whose Host is not this machine (DNS rebinding by a
 * web page), does not count as local. A web page of another origin is refused in any case, since the browser that shows it
 * may be on this machine. Immutable.
 */
public final class AdminAccess {

    /** The decision on a request to the admin endpoints. */
    public enum Decision { GRANTED, MISSING_TOKEN, WRONG_TOKEN, LOCAL_ONLY, FOREIGN_ORIGIN }

    /** Null if no token is configured. */
    private final KeyDigest token;
    /** May use the endpoints with a token. */
    private final List<String> origins;

    public AdminAccess(AdminSettings settings, CorsSettings cors) {
        token = settings.token().isBlank() ? null : KeyDigest.of(settings.token().value().strip());
        origins = token == null ? List.of() : cors.allowedOrigins();
    }

    /** Whether a token is configured. */
    public boolean hasToken() {
        return token != null;
    }

    /** @param peer the remote address of the socket, never one taken from a header */
    public Decision decide(NamedHeaders headers, String peer) {
        if (!isOwn(headers.value("Origin"), headers.value("Host"))) {
            return Decision.FOREIGN_ORIGIN;
        }
        if (token == null) {
            return isLocal(headers, peer) ? Decision.GRANTED : Decision.LOCAL_ONLY;
        }
        String bearer = RequestCredentials.bearer(headers);
        String own = headers.value("X-Admin-Token");
        if (bearer == null && own == null) {
            return Decision.MISSING_TOKEN;
        }
        return matches(bearer) | matches(own) ? Decision.GRANTED : Decision.WRONG_TOKEN;
    }

    /** Programs send no origin; pages of the gateway have its host as origin, whatever the scheme before a proxy was. */
    private boolean isOwn(String origin, String host) {
        if (origin == null || origins.contains("*") || origins.contains(origin)) {
            return true;
        }
        int scheme = origin.indexOf("://");
        return scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(host);
    }

    private boolean matches(String shown) {
        return shown != null && token.equals(KeyDigest.of(shown.strip()));
    }

    private static boolean isLocal(NamedHeaders headers, String peer) {
        String host = headers.value("Host");
        return HostName.isLoopback(peer) && !ProxySigns.in(headers) && (host == null || HostName.isOfThisMachine(HostName.of(host)));
    }
}
