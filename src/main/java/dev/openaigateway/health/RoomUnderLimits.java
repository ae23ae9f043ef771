package dev.openaigateway.health;

import java.time.Duration;
import java.time.InstantSource;

/** The latest requests that the limits of one instance had no room for. Thread-safe. */
public final class RoomUnderLimits {

    private record Refused(long amount, long untilMillis) {
    }

    private static final Refused NONE = new Refused(0, 0);

    private final InstantSource ticks;
    private volatile Refused tokens = NONE;
    private volatile Refused requests = NONE;
    private volatile Refused latest = NONE;

    RoomUnderLimits(InstantSource ticks) {
        this.ticks = ticks;
    }

    /**
     * Records that a request did not fit the limit of tokens. A smaller request may fit.
     *
     * @param amount in tokens
     * @param wait   after which it would fit
     */
    public void tokensRefused(long amount, Duration wait) {
        tokens = refused(amount, wait);
    }

    /** Records that the limit of requests was reached. */
    public void requestRefused(Duration wait) {
        requests = refused(1, wait);
    }

    /** Records that a limit of one model was reached. There is room for other models. */
    public void refusedForModel(Duration wait) {
        refused(0, wait);
    }

    private Refused refused(long amount, Duration wait) {
        latest = new Refused(amount, ticks.millis() + wait.toMillis());
        return latest;
    }

    /**
     * The time until the last refused tokens would fit.
     *
     * @param used  tokens in the current window
     * @param limit tokens per minute; 0 for no limit
     * @return null if they would fit now
     */
    public Duration fullOfTokensFor(long used, long limit) {
        return fullFor(tokens, used, limit);
    }

    /**
     * The time until a request would fit, if one was refused.
     *
     * @param used  requests in the current window
     * @param limit requests per minute; 0 for no limit
     * @return null if it would fit now
     */
    public Duration fullOfRequestsFor(long used, long limit) {
        return fullFor(requests, used, limit);
    }

    private Duration fullFor(Refused last, long used, long limit) {
        long left = last.untilMillis() - ticks.millis();
        return limit > 0 && left > 0 && used + last.amount() > limit ? Duration.ofMillis(left) : null;
    }

    /** Whether the wait of the latest refusal, by any limit, still runs. */
    public boolean isShort() {
        return latest.untilMillis() > ticks.millis();
    }

    void reset() {
        tokens = NONE;
        requests = NONE;
        latest = NONE;
    }
}
