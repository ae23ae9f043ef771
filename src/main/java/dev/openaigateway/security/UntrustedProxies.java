package dev.openaigateway.security;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Logs which setting is missing when wrong keys come through a proxy that the settings do not name. All who come
 * through it share one address, so that one of them can get all of them blocked. Logs once a minute at most. Thread-safe.
 */
public final class UntrustedProxies {

    private static final Logger LOG = LoggerFactory.getLogger(UntrustedProxies.class);
    private static final long PERIOD = Duration.ofMinutes(1).toNanos();

    private final AtomicLong loggedNanos = new AtomicLong(System.nanoTime() - PERIOD);

    /**
     * Called for each wrong key or token.
     *
     * @param peer    the remote address of the socket
     * @param address that of the client, as resolved by {@link ClientAddress}
     */
    public void wrongKey(NamedHeaders headers, String peer, String address) {
        if (!peer.equals(address) || !ProxyHeaders.in(headers)) {
            return;
        }
        long now = System.nanoTime();
        long logged = loggedNanos.get();
        if (now - logged >= PERIOD && loggedNanos.compareAndSet(logged, now)) {
            LOG.warn("A wrong key came from {}, which seems to be a proxy but is not listed under clients.trusted_proxies. After"
                    + " clients.max_bad_keys wrong keys everyone behind it is blocked. If it is yours, list it there and let it send X-Forwarded-For.", peer);
        }
    }
}
