package dev.openaigateway.security;

import dev.openaigateway.config.AdminSettings;
import dev.openaigateway.config.IpLiteral;

import java.net.InetAddress;
import java.util.List;

/**
 * Decides whether a request may use the admin endpoints. With a token configured, the request must carry it. Without one,
 * it must come from the same machine; a request that was forwarded, or whose Host is not this machine (DNS rebinding by a
 * web page), does not count as local. Immutable.
 */
public final class AdminAccess {

    /** The decision on a request to the admin endpoints. */
    public enum Decision { GRANTED, MISSING_TOKEN, WRONG_TOKEN, LOCAL_ONLY }

    private static final List<String> FORWARDED = List.of("X-Forwarded-For", "Forwarded", "X-Real-IP");

    /** Null if no token is configured. */
    private final KeyDigest token;

    public AdminAccess(AdminSettings settings) {
        token = settings.token().isBlank() ? null : KeyDigest.of(settings.token().value().strip());
    }

    /** Whether a token is configured. */
    public boolean hasToken() {
        return token != null;
    }

    /** @param peer the remote address of the socket, never one taken from a header */
    public Decision decide(HeaderLookup headers, String peer) {
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

    private boolean matches(String shown) {
        return shown != null && token.equals(KeyDigest.of(shown.strip()));
    }

    private static boolean isLocal(HeaderLookup headers, String peer) {
        return IpLiteral.parse(peer).filter(InetAddress::isLoopbackAddress).isPresent()
                && FORWARDED.stream().allMatch(name -> headers.value(name) == null)
                && isLocalHost(headers.value("Host"));
    }

    private static boolean isLocalHost(String host) {
        if (host == null) {
            return true;
        }
        String name = host.replaceFirst(":\\d*$", "").replaceAll("^\\[|]$", "");
        return name.equalsIgnoreCase("localhost") || IpLiteral.parse(name).filter(InetAddress::isLoopbackAddress).isPresent();
    }
}
