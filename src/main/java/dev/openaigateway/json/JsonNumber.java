package dev.openaigateway.json;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads a number of a JSON text that a parser has accepted before. Thread-safe. */
public final class JsonNumber {

    /** So many digits are always a long. */
    private static final int DIGITS_OF_LONG = 18;
    /** Bytes of a string beyond which it is not read to its end. */
    private static final int LONGEST = 5_000;
    private static final Pattern NUMBER = Pattern.compile(
            "\\s*+([+-]?+[0-9_]*+\\.?+[0-9_]*+(?:[eE][+-]?+[0-9_]++)?+)\\s*+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern BEGINNING = Pattern.compile("[\\s0-9_.eE+-]*+", Pattern.UNICODE_CHARACTER_CLASS);

    private JsonNumber() {
    }

    /**
     * The value from {@code start} to {@code end}, in whatever form it is written; a fraction is rounded up, and what is out of range is
     * {@link Long#MAX_VALUE} or {@link Long#MIN_VALUE}. A string counts as the number in it, since some upstreams accept it as one.
     * A string too long to be read counts as the largest number if it begins like one. Empty if the value is no number.
     */
    public static OptionalLong integer(byte[] json, int start, int end) {
        if (json[start] == '"') {
            return inString(JsonString.at(json, start));
        }
        if (json[start] != '-' && (json[start] < '0' || json[start] > '9')) {
            return OptionalLong.empty();
        }
        return end - start <= DIGITS_OF_LONG && areDigits(json, start, end) ? OptionalLong.of(ofDigits(json, start, end))
                : number(new String(json, start, end - start, StandardCharsets.UTF_8));
    }

    private static boolean areDigits(byte[] json, int start, int end) {
        int at = start;
        while (at < end && json[at] >= '0' && json[at] <= '9') {
            at++;
        }
        return at == end;
    }

    private static long ofDigits(byte[] json, int start, int end) {
        long value = 0;
        for (int at = start; at < end; at++) {
            value = 10 * value + json[at] - '0';
        }
        return value;
    }

    private static OptionalLong inString(JsonString text) {
        if (text.utf8Length() <= LONGEST) {
            return number(text.toText());
        }
        return BEGINNING.matcher(text.prefix(LONGEST).toText()).matches() ? OptionalLong.of(Long.MAX_VALUE) : OptionalLong.empty();
    }

    private static OptionalLong number(String text) {
        Matcher number = NUMBER.matcher(text);
        try {
            return number.matches() ? OptionalLong.of((long) Math.ceil(Double.parseDouble(number.group(1).replace("_", "")))) : OptionalLong.empty();
        } catch (NumberFormatException noDigits) {
            return OptionalLong.empty();
        }
    }
}
