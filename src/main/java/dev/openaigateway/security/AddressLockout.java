package dev.openaigateway.security;

import dev.openaigateway.config.IpLiteral;
import dev.openaigateway.config.LiveSettings;

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
 * Counts consecutive wrong keys per address, and locks out an address with too many. The table is bounded: when it is
 * full, the address whose last wrong key is oldest is evicted. Thread-safe.
 *
 * <p>An IPv6 address is counted under its /64 network, because one host usually owns all of it.
 */
public final class AddressLockout {

    private static final int ADDRESSES = 10_000;

    private final InstantSource clock;
    private final Map<String, Tries> table = new LinkedHashMap<>();
    private volatile Thresholds thresholds;

    /**
     * @param maxBadKeys consecutive wrong keys after which an address is blocked; 0 never blocks
     * @param duration   of a block, counted from the last wrong key
     * @param clock      measures the blocks
     */
    public AddressLockout(int maxBadKeys, Duration duration, InstantSource clock) {
        this.clock = clock;
        setThresholds(maxBadKeys, duration);
    }

    /** A lockout that follows the limits in the settings. */
    public static AddressLockout under(LiveSettings settings, InstantSource clock) {
        AddressLockout lockout = new AddressLockout(0, Duration.ZERO, clock);
        settings.onChange(next -> lockout.setThresholds(next.clients().maxBadKeys(), next.clients().block()));
        return lockout;
    }

    /** Changes the limits. Existing blocks keep their duration. */
    public void setThresholds(int maxBadKeys, Duration duration) {
        thresholds = new Thresholds(maxBadKeys, duration);
    }

    /** The remaining time of the address's block; empty if it is not blocked. */
    public Optional<Duration> remaining(String address) {
        return blockOf(network(address));
    }

    /** Resets the address's count of wrong keys. */
    public void goodKey(String address) {
        forget(network(address));
    }

    /** Counts a wrong key, and blocks the address when the count reaches the limit. */
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

    /** @param blockedUntil null while the address is not blocked */
    private record Tries(int badKeys, Instant blockedUntil) {
    }
}
