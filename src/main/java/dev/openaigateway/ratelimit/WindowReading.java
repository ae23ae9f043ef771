package dev.openaigateway.ratelimit;

import java.util.OptionalLong;

/**
 * What a window holds, and when a further charge would fit.
 *
 * @param used       the current sum
 * @param waitMillis time until the charge fits, if no others arrive, 0 if it fits now; empty if it never can
 */
public record WindowReading(long used, OptionalLong waitMillis) {

    /** @param waitMillis negative for never */
    static WindowReading of(long used, long waitMillis) {
        return new WindowReading(used, waitMillis < 0 ? OptionalLong.empty() : OptionalLong.of(waitMillis));
    }
}
