package dev.openaigateway.security;

import dev.openaigateway.config.AddressRange;
import dev.openaigateway.config.IpLiteral;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Finds the address of the client that sent a request. {@code X-Forwarded-For} is read from the right, and trusted only up
 * to the first hop that is not a trusted proxy. Names are never resolved. Immutable.
 */
public final class ClientAddress {

    private final List<AddressRange> trusted;

    /**
     * @param trustedProxies addresses or CIDR ranges
     * @throws IllegalArgumentException if an entry is neither
     */
    public ClientAddress(List<String> trustedProxies) {
        trusted = trustedProxies.stream().map(AddressRange::parse).toList();
    }

    /**
     * The address of the client; the peer's own if it is not a trusted proxy.
     *
     * @param peer the remote address of the socket
     */
    public String resolve(String peer, HeaderLines headers) {
        if (trusted.isEmpty() || !isTrusted(peer)) {
            return peer;
        }
        String[] hops = String.join(",", headers.values("X-Forwarded-For")).split(",");
        String client = peer;
        for (int i = hops.length - 1; i >= 0; i--) {
            Optional<InetAddress> hop = IpLiteral.parse(withoutPort(hops[i].strip()));
            if (hop.isEmpty()) {
                return client;
            }
            client = hop.get().getHostAddress();
            if (!isTrusted(client)) {
                return client;
            }
        }
        return client;
    }

    private boolean isTrusted(String address) {
        return IpLiteral.parse(address)
                .filter(ip -> trusted.stream().anyMatch(range -> range.contains(ip)))
                .isPresent();
    }

    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon > 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }
}
