package dev.openaigateway.security;

import dev.openaigateway.config.AdminSettings;
import dev.openaigateway.config.CorsSettings;
import dev.openaigateway.config.KeyDigest;
import dev.openaigateway.config.Secret;

import java.util.List;

/**
 * Decides whether a request may use the admin endpoints. With a token configured, the request must carry it, or the monitor
 * token, with which it may only look. Without one,
 * it must come from the same machine; a request that was forwarded, or whose Host is not this machine (DNS rebinding by a
 * web page), does not count as local. A web page of another origin is refused in any case, since the browser that shows it
 * may be on this machine. Immutable.
 */
public final class AdminAccess {

    /** The decision on a request to the admin endpoints. */
    public enum Decision {
        GRANTED,
        /** The request carries the monitor token. */
        READ_ONLY,
        MISSING_TOKEN, WRONG_TOKEN, LOCAL_ONLY, FOREIGN_ORIGIN;

        /** Whether the request may look at what the endpoints show. */
        public boolean mayRead() {
            return this == GRANTED || this == READ_ONLY;
        }
    }

    /** Null if no token is configured. */
    private final KeyDigest token;
    /** Null if no monitor token is configured. */
    private final KeyDigest monitorToken;
    /** May use the endpoints with a token. */
    private final AllowedOrigins origins;

    public AdminAccess(AdminSettings settings, CorsSettings cors) {
        token = digest(settings.token());
        monitorToken = digest(settings.monitorToken());
        origins = new AllowedOrigins(token == null ? List.of() : cors.allowedOrigins());
    }

    private static KeyDigest digest(Secret secret) {
        return secret.isBlank() ? null : KeyDigest.of(secret.value().strip());
    }

    /** Whether a token of either kind is configured. */
    public boolean hasToken() {
        return token != null || monitorToken != null;
    }

    /** @param peer the remote address of the socket, never one taken from a header */
    public Decision decide(NamedHeaders headers, String peer) {
        if (!origins.serve(headers)) {
            return Decision.FOREIGN_ORIGIN;
        }
        String bearer = RequestCredentials.bearer(headers);
        String own = headers.value("X-Admin-Token");
        if (matches(token, bearer) | matches(token, own)) {
            return Decision.GRANTED;
        }
        if (matches(monitorToken, bearer) | matches(monitorToken, own)) {
            return Decision.READ_ONLY;
        }
        if (admitsWithoutToken(headers, peer)) {
            return Decision.GRANTED;
        }
        if (!hasToken()) {
            return Decision.LOCAL_ONLY;
        }
        return bearer == null && own == null ? Decision.MISSING_TOKEN : Decision.WRONG_TOKEN;
    }

    /**
     * Whether the request may do everything although it carries no token.
     *
     * @param peer as for {@link #decide}
     */
    public boolean admitsWithoutToken(NamedHeaders headers, String peer) {
        return token == null && origins.serve(headers) && isLocal(headers, peer);
    }

    private static boolean matches(KeyDigest expected, String shown) {
        return expected != null && shown != null && expected.equals(KeyDigest.of(shown.strip()));
    }

    private static boolean isLocal(NamedHeaders headers, String peer) {
        String host = headers.value("Host");
        return HostName.isLoopback(peer) && !ProxyHeaders.in(headers) && (host == null || HostName.isOfThisMachine(HostName.of(host)));
    }
}
