package dev.openaigateway.security;

import dev.openaigateway.config.Settings;

import java.net.URI;
import java.util.HashSet;
import java.util.Set;

/**
 * Decides which {@code Host} headers are served without a key. While the gateway listens on a loopback address, only programs
 * of this machine should reach it; but the browser of this machine would also send it requests of a web page whose name was
 * made to resolve to that address (DNS rebinding). Such a request has the page's name as host. Immutable but for a cache.
 */
final class AllowedHosts {

    private static final String ANY = "*";

    private final boolean restricted;
    private final Set<String> names = new HashSet<>();
    /** The header that was served last, so that most requests need only one comparison (benchmark row "CPU per request"). */
    private volatile String served = "localhost";

    AllowedHosts(Settings settings) {
        settings.clients().allowedHosts().forEach(name -> names.add(HostName.of(name)));
        String own = URI.create(settings.baseUrl()).getRawAuthority();
        if (own != null) {
            names.add(HostName.of(own));
        }
        restricted = HostName.isOfThisMachine(HostName.of(settings.host())) && !names.contains(ANY);
    }

    /** @param host the request's Host header; null, which no browser sends, is served */
    boolean serve(String host) {
        if (!restricted || host == null || host.equals(served)) {
            return true;
        }
        String name = HostName.of(host);
        if (HostName.isOfThisMachine(name) || names.contains(name)) {
            served = host;
            return true;
        }
        return false;
    }
}
