package dev.openaigateway.throttle;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.WindowReading;

import java.util.ArrayList;
import java.util.List;

/** Reads how much of each limit of the settings is in use. Thread-safe. */
public final class LimitStates {

    /** Redis serves no other request while it reads them. */
    private static final int WINDOWS_AT_ONCE = 500;

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
        List<LimitState> states = new ArrayList<>();
        for (int from = 0; from < limits.size(); from += WINDOWS_AT_ONCE) {
            List<Limit> some = limits.subList(from, Math.min(limits.size(), from + WINDOWS_AT_ONCE));
            List<WindowReading> readings = limiter.limiter().read(some.stream().map(limit -> charge(limit, tokens)).toList());
            for (int i = 0; i < some.size(); i++) {
                states.add(state(some.get(i), readings.get(i)));
            }
        }
        return states;
    }

    private static Charge charge(Limit limit, long tokens) {
        return limit.ofRequests() ? Charge.request(limit.key(), limit.perMinute()) : Charge.tokens(limit.key(), tokens, limit.perMinute());
    }

    private static LimitState state(Limit limit, WindowReading reading) {
        return new LimitState(limit.scope(), reading.used(), limit.perMinute(),
                reading.waitMillis().isPresent() ? reading.waitMillis().getAsLong() / 1000.0 : null);
    }
}
