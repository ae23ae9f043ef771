package dev.openaigateway.tokenizer;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A string within a JSON text, measured in place, so that a long string is never copied as a whole.
 *
 * @param start      index of the first byte after the opening quote
 * @param end        index of the closing quote
 * @param utf8Length bytes of the string with its escapes resolved
 */
record JsonString(byte[] json, int start, int end, int utf8Length) {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long ONES = 0x0101010101010101L;
    private static final long QUOTES = '"' * ONES;
    private static final long BACKSLASHES = '\\' * ONES;

    /** @param quote index of the opening quote */
    static JsonString at(byte[] json, int quote) {
        return scan(json, quote + 1, Integer.MAX_VALUE);
    }

    /** The beginning of this string, about {@code maxBytes} bytes long; cuts no character. */
    JsonString prefix(int maxBytes) {
        return scan(json, start, maxBytes);
    }

    boolean startsWith(String ascii) {
        byte[] expected = ascii.getBytes(StandardCharsets.US_ASCII);
        int to = start + expected.length;
        return to <= end && Arrays.equals(json, start, to, expected, 0, expected.length);
    }

    /** The index of the closing quote of a string; the length of the text, or more, if there is none. */
    static int endOf(byte[] json, int start) {
        int at = start;
        while (at < json.length && json[at] != '"') {
            at += json[at] == '\\' ? 2 : 1;
            while (at + 8 <= json.length && isPlain((long) EIGHT.get(json, at))) {
                at += 8;
            }
        }
        return at;
    }

    /** This string with its escapes resolved. */
    String toText() {
        if (end - start == utf8Length) {
            return new String(json, start, utf8Length, StandardCharsets.UTF_8);
        }
        byte[] text = new byte[utf8Length];
        return new String(text, 0, unescape(text), StandardCharsets.UTF_8);
    }

    /** The tokens of this string with its escapes resolved. */
    int count(Tokenizer tokenizer) {
        if (end - start == utf8Length) {
            return tokenizer.count(json, start, end);
        }
        byte[] text = new byte[utf8Length];
        return tokenizer.count(text, 0, unescape(text));
    }

    /** Returns the number of bytes written. Half a surrogate pair becomes "?", as when Java encodes it. */
    private int unescape(byte[] text) {
        int length = 0;
        int at = start;
        while (at < end) {
            byte b = json[at++];
            if (b != '\\' || at == end) {
                text[length++] = b;
            } else if (json[at] == 'u' && at + 5 <= end) {
                int unit = unit(json, at + 1);
                at += 5;
                if (Character.isHighSurrogate((char) unit) && at + 6 <= end && json[at] == '\\' && json[at + 1] == 'u'
                        && Character.isLowSurrogate((char) unit(json, at + 2))) {
                    unit = Character.toCodePoint((char) unit, (char) unit(json, at + 2));
                    at += 6;
                }
                length = Utf8.encode(unit, text, length);
            } else {
                text[length++] = control(json[at++]);
            }
        }
        return length;
    }

    private static byte control(byte escaped) {
        return switch (escaped) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> escaped;
        };
    }

    private static JsonString scan(byte[] json, int start, int maxBytes) {
        int at = start;
        int length = 0;
        while (at < json.length && json[at] != '"' && (length < maxBytes || isContinuation(json[at]))) {
            if (json[at] != '\\') {
                at++;
                length++;
                while (at + 8 <= json.length && maxBytes - length >= 8 && isPlain((long) EIGHT.get(json, at))) {
                    at += 8;
                    length += 8;
                }
            } else if (at + 5 < json.length && json[at + 1] == 'u') {
                length += Utf8.width(unit(json, at + 2));
                at += 6;
            } else {
                at += 2;
                length++;
            }
        }
        return new JsonString(json, start, Math.min(at, json.length), length);
    }

    /** Whether none of eight bytes is a quote or a backslash. */
    private static boolean isPlain(long bytes) {
        return (zeros(bytes ^ QUOTES) | zeros(bytes ^ BACKSLASHES)) == 0;
    }

    private static long zeros(long bytes) {
        return bytes - ONES & ~bytes & ONES << 7;
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }

    private static int unit(byte[] json, int at) {
        int unit = 0;
        for (int i = at; i < at + 4; i++) {
            unit = unit << 4 | Character.digit(json[i], 16) & 0xF;
        }
        return unit;
    }
}
