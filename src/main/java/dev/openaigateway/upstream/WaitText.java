package dev.openaigateway.upstream;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads waits in the forms in which upstreams write them: {@code 7}, {@code 1m30.5s}, {@code 12 seconds}, a date of HTTP. */
final class WaitText {

    private static final String PART = "(\\d{1,9}(?:\\.\\d{1,9})?)\\s?(milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)(?![a-z])";
    private static final Pattern PARTS = Pattern.compile(PART, Pattern.CASE_INSENSITIVE);
    private static final String SEVERAL = PART + "(?:(?:,|,? and)?\\s?" + PART + "){0,3}";
    private static final Pattern WHOLE = Pattern.compile(SEVERAL, Pattern.CASE_INSENSITIVE);
    private static final Pattern IN_MESSAGE = Pattern.compile("(?:retry|try again|wait) (?:after |in |for )?(" + SEVERAL + ")", Pattern.CASE_INSENSITIVE);
    /** The present form and the two that are obsolete, but have to be read. */
    private static final List<DateTimeFormatter> DATES = List.of(DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.US),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US).withZone(ZoneOffset.UTC));

    private WaitText() {
    }

    /** The wait in an error message; null if it names none. */
    static Duration inMessage(String message) {
        Matcher matcher = IN_MESSAGE.matcher(message);
        return matcher.find() ? sum(matcher.group(1)) : null;
    }

    /** Null if the text is not a duration with a unit. */
    static Duration duration(String text) {
        return WHOLE.matcher(text).matches() ? sum(text) : null;
    }

    /** Null if the text is not a date. */
    static Instant date(String text) {
        for (DateTimeFormatter form : DATES) {
            try {
                return Instant.from(form.parse(text));
            } catch (DateTimeException e) {
                continue;
            }
        }
        return null;
    }

    private static Duration sum(String text) {
        double millis = 0;
        Matcher part = PARTS.matcher(text);
        while (part.find()) {
            String unit = part.group(2).toLowerCase(Locale.ROOT);
            millis += Double.parseDouble(part.group(1)) * (unit.startsWith("milli") || unit.equals("ms") ? 1 : switch (unit.charAt(0)) {
                case 's' -> 1_000;
                case 'm' -> 60_000;
                case 'h' -> 3_600_000;
                default -> 86_400_000;
            });
        }
        return Duration.ofMillis((long) millis);
    }
}
