package dev.openaigateway.security;

import dev.openaigateway.config.AdminSettings;
import dev.openaigateway.config.IpLiteral;

import java.net.InetAddress;
import java.util.List;

/**
 * Decides who may use the administration: with a token set, whoever shows it; without one, only those who sit on the
 * same machine. A request that was forwarded, or was sent to a name that is not this machine's (as a web page does
 * that rebinds its name), does not count as local.
 */
public final class AdminAccess {

    /** What becomes of a request to the administration. */
    public enum Decision { GRANTED, MISSING_TOKEN, WRONG_TOKEN, LOCAL_ONLY }

    private static final List<String> FORWARDED = List.of("X-Forwarded-For", "Forwarded", "X-Real-IP");

    /** Null without a token. */
    private final KeyDigest token;

    public AdminAccess(AdminSettings settings) {
        token = settings.token().isBlank() ? null : KeyDigest.of(settings.token().value().strip());
    }

    /** Whether there is a token to be guessed. */
    public boolean hasToken() {
        return token != null;
    }

    /** @param peer the address of the socket's other end, never one that a header tells */
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
