package dev.openaigateway.upstream;

import dev.openaigateway.call.ResponseHeaderNames;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.upstream.errors.ErrorDetails;
import org.apache.camel.Message;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Reads an upstream's retry time from its headers (milliseconds, seconds, a duration with units, or a date) or its error. */
public final class RetryAfter {

    static final Duration LONGEST = Duration.ofMinutes(10);

    private final InstantSource clock;

    public RetryAfter(InstantSource clock) {
        this.clock = clock;
    }

    /** @return 0 to 10 minutes; null if the upstream gives no valid time */
    Duration in(Message response, UpstreamError error) {
        Duration advised = millis(response, ResponseHeaderNames.RETRY_AFTER_MS);
        advised = advised != null ? advised : millis(response, "x-ms-retry-after-ms");
        advised = advised != null ? advised : secondsDurationOrDate(text(response, ResponseHeaderNames.RETRY_AFTER));
        advised = advised != null ? advised : WaitText.inMessage(error.message());
        advised = advised != null ? advised : WaitText.duration(ErrorDetails.of(error).retryDelay());
        return advised == null || advised.compareTo(LONGEST) <= 0 ? advised : LONGEST;
    }

    private static Duration millis(Message response, String header) {
        Double number = number(text(response, header));
        return number == null ? null : Duration.ofMillis(number.longValue());
    }

    private Duration secondsDurationOrDate(String value) {
        Double seconds = number(value);
        if (seconds != null) {
            return Duration.ofMillis((long) Math.min(seconds * 1000, LONGEST.toMillis()));
        }
        Duration duration = value == null ? null : WaitText.duration(value);
        Instant date = value == null || duration != null ? null : WaitText.date(value);
        Duration until = date == null ? duration : Duration.between(clock.instant(), date);
        return until == null || until.isNegative() ? null : until;
    }

    private static String text(Message response, String header) {
        Object value = response.getHeader(header);
        return value == null ? null : value.toString().trim();
    }

    /** Null if the text is not a number or below zero, so that the next source is tried. */
    private static Double number(String text) {
        try {
            // Java's numbers may end with d or f; here d stands for days.
            Double number = text == null || text.isEmpty() || Character.isLetter(text.charAt(text.length() - 1)) ? null : Double.valueOf(text);
            return number == null || !(number >= 0) ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
