package dev.openaigateway.security;

import dev.openaigateway.config.IpLiteral;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts wrong keys in a row per address, and locks out an address with too many. The table is bounded: when it is
 * full, the address whose last wrong key is oldest is forgotten. Thread-safe.
 *
 * <p>IPv6 addresses count by their /64 network, since one host owns all of it.
 */
public final class AddressLockout {

    private static final int ADDRESSES = 10_000;

    private final InstantSource clock;
    private final Map<String, Tries> table = new LinkedHashMap<>();
    private volatile Thresholds thresholds;
    /** Lets the usual request, from a time without wrong keys, pass without the lock. */
    private volatile boolean quiet = true;

    /**
     * @param maxBadKeys wrong keys in a row after which an address is blocked; 0 never blocks
     * @param duration   how long it is blocked from its last wrong key
     */
    public AddressLockout(int maxBadKeys, Duration duration, InstantSource clock) {
        this.clock = clock;
        setThresholds(maxBadKeys, duration);
    }

    /** Takes up new limits; who is blocked stays so. */
    public void setThresholds(int maxBadKeys, Duration duration) {
        thresholds = new Thresholds(maxBadKeys, duration);
    }

    /** How long the address is still blocked; empty when it is not. */
    public Optional<Duration> remaining(String address) {
        return quiet ? Optional.empty() : blockOf(network(address));
    }

    /** Ends the row of wrong keys. */
    public void goodKey(String address) {
        if (!quiet) {
            forget(network(address));
        }
    }

    /** Counts a wrong key, and blocks the address if it was one too many. */
    public void badKey(String address) {
        Thresholds now = thresholds;
        if (now.maxBadKeys > 0) {
            count(network(address), now);
        }
    }

    int size() {
        synchronized (table) {
            return table.size();
        }
    }

    private Optional<Duration> blockOf(String network) {
        synchronized (table) {
            Tries tries = table.get(network);
            if (tries == null || tries.blockedUntil == null) {
                return Optional.empty();
            }
            Duration remaining = Duration.between(clock.instant(), tries.blockedUntil);
            if (remaining.isNegative() || remaining.isZero()) {
                forget(network);
                return Optional.empty();
            }
            return Optional.of(remaining);
        }
    }

    private void forget(String network) {
        synchronized (table) {
            table.remove(network);
            quiet = table.isEmpty();
        }
    }

    private void count(String network, Thresholds thresholds) {
        synchronized (table) {
            Tries before = table.remove(network);
            int badKeys = before == null ? 1 : before.badKeys + 1;
            boolean tooMany = badKeys >= thresholds.maxBadKeys;
            table.put(network, new Tries(badKeys, tooMany ? clock.instant().plus(thresholds.duration) : null));
            if (table.size() > ADDRESSES) {
                table.remove(table.keySet().iterator().next());
            }
            quiet = false;
        }
    }

    private static String network(String address) {
        return address.indexOf(':') < 0
                ? address
                : IpLiteral.parse(address).map(AddressLockout::network).orElse(address);
    }

    private static String network(InetAddress address) {
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, 8) + "/64"
                : address.getHostAddress();
    }

    private record Thresholds(int maxBadKeys, Duration duration) {
    }

    /** @param blockedUntil null while the address may still try */
    private record Tries(int badKeys, Instant blockedUntil) {
    }
}
