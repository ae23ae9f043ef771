package dev.openaigateway.upstream;

import org.apache.camel.Message;

import java.time.Duration;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an upstream's retry time from its headers (milliseconds, seconds or date) or its error message. */
public final class RetryAfter {

    static final Duration LONGEST = Duration.ofMinutes(10);

    private static final Pattern IN_MESSAGE = Pattern.compile("(?:retry|try again) (?:after|in) ([0-9]{1,6}) ?s");

    private final InstantSource clock;

    public RetryAfter(InstantSource clock) {
        this.clock = clock;
    }

    /** @return 0 to 10 minutes; null if the upstream gives no valid time */
    Duration in(Message response, String errorMessage) {
        Duration advised = millis(response, "retry-after-ms");
        advised = advised != null ? advised : millis(response, "x-ms-retry-after-ms");
        advised = advised != null ? advised : secondsOrDate(text(response, "retry-after"));
        advised = advised != null ? advised : fromMessage(errorMessage);
        return advised == null || advised.compareTo(LONGEST) <= 0 ? advised : LONGEST;
    }

    private static Duration millis(Message response, String header) {
        Double number = number(text(response, header));
        return number == null ? null : Duration.ofMillis(number.longValue());
    }

    private Duration secondsOrDate(String value) {
        Double seconds = number(value);
        if (seconds != null) {
            return Duration.ofMillis((long) Math.min(seconds * 1000, LONGEST.toMillis()));
        }
        try {
            Duration until = value == null ? Duration.ofMillis(-1) : Duration.between(clock.instant(),
                    ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
            return until.isNegative() ? null : until;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Duration fromMessage(String message) {
        Matcher matcher = IN_MESSAGE.matcher(message);
        return matcher.find() ? Duration.ofSeconds(Long.parseLong(matcher.group(1))) : null;
    }

    private static String text(Message response, String header) {
        Object value = response.getHeader(header);
        return value == null ? null : value.toString().trim();
    }

    /** Null if the text is not a number or below zero, so that the next source is tried. */
    private static Double number(String text) {
        try {
            Double number = text == null ? null : Double.valueOf(text);
            return number == null || !(number >= 0) ? null : number;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
