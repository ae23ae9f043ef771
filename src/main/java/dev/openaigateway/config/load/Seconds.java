package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ValueNode;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations in settings: numbers of seconds with fractions, exact to the millisecond. Usual numbers are read and shown without
 * {@link BigDecimal}, because it takes a tenth of a second of CPU time to load in Java 25 (benchmark row "start to first response").
 */
final class Seconds {

    private static final Pattern USUAL = Pattern.compile("([0-9]{1,9})(?:\\.([0-9]{1,3}))?");
    private static final int LONGEST_NUMBER = 40;
    private static final long A_DAY = Duration.ofDays(1).toSeconds();
    private static final int MILLIS = 1_000;

    private Seconds() {
    }

    /** @param min the smallest number, in seconds; the largest is a day */
    static ValueParser<Duration> atLeast(double min) {
        return between(min, A_DAY);
    }

    static ValueParser<Duration> between(double min, long max) {
        return text -> {
            try {
                Duration value = read(text.length() <= LONGEST_NUMBER ? text : "", max);
                if (value.toMillis() >= Math.round(min * MILLIS)) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // reported below
            }
            throw new InvalidValueException("must be a number of seconds from "
                    + BigDecimal.valueOf(min).stripTrailingZeros().toPlainString() + " to " + max);
        };
    }

    /**
     * @throws NumberFormatException if the text is not a number, is negative or exceeds {@code max}
     * @throws InvalidValueException if it has more decimals than a millisecond, which are not zeros
     */
    private static Duration read(String text, long max) throws InvalidValueException {
        Matcher usual = USUAL.matcher(text);
        if (usual.matches()) {
            String fraction = usual.group(2) == null ? "" : usual.group(2);
            long millis = Long.parseLong(usual.group(1)) * MILLIS + Long.parseLong((fraction + "000").substring(0, 3));
            if (millis > max * MILLIS) {
                throw new NumberFormatException();
            }
            return Duration.ofMillis(millis);
        }
        BigDecimal value = new BigDecimal(text);
        if (value.signum() < 0 || value.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw new NumberFormatException();
        }
        if (value.stripTrailingZeros().scale() > 3) {
            throw new InvalidValueException("must be a number of seconds with at most three decimals");
        }
        return Duration.ofMillis(value.movePointRight(3).longValue());
    }

    /** The text that {@link #atLeast} reads as the duration, such as {@code 60} or {@code 0.15}. */
    static String text(Duration duration) {
        return shown(duration).asText();
    }

    /** The number in JSON. It has no exponent up to 10,000,000 seconds. */
    static ValueNode shown(Duration duration) {
        long millis = duration.toMillis();
        return millis % MILLIS == 0 ? JsonNodeFactory.instance.numberNode(millis / MILLIS)
                : JsonNodeFactory.instance.numberNode((double) millis / MILLIS);
    }
}
