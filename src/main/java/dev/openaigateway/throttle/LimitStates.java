package dev.openaigateway.throttle;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.WindowReading;

import java.util.List;
import java.util.stream.IntStream;

/** Reads how much of each limit of the settings is in use. Thread-safe. */
public final class LimitStates {

    private final LiveSettings settings;
    private final ActiveLimiter limiter;

    public LimitStates(LiveSettings settings, ActiveLimiter limiter) {
        this.settings = settings;
        this.limiter = limiter;
    }

    /**
     * All limits, in the order of the settings.
     *
     * @param tokens the size of the request whose wait is computed
     */
    public List<LimitState> read(long tokens) {
        List<Limit> limits = ConfiguredLimits.of(settings.get());
        List<WindowReading> readings = limiter.read(limits.stream().map(limit -> charge(limit, tokens)).toList());
        return IntStream.range(0, limits.size()).mapToObj(i -> state(limits.get(i), readings.get(i))).toList();
    }

    private static Charge charge(Limit limit, long tokens) {
        return limit.ofRequests() ? Charge.request(limit.key(), limit.perMinute()) : Charge.tokens(limit.key(), tokens, limit.perMinute());
    }

    private static LimitState state(Limit limit, WindowReading reading) {
        return new LimitState(limit.scope(), reading.used(), limit.perMinute(),
                reading.waitMillis().isPresent() ? reading.waitMillis().getAsLong() / 1000.0 : null);
    }
}
