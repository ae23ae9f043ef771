package dev.openaigateway.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A string within a JSON text, measured in place, so that a long string is never copied as a whole.
 *
 * @param start      index of the first byte after the opening quote
 * @param end        index of the closing quote
 * @param utf8Length bytes of the string with its escapes resolved
 */
public record JsonString(byte[] json, int start, int end, int utf8Length) {

    /** Bytes of the longest escape, such as {@code \\u00e4}. */
    private static final int UNIT = 6;

    /** @param quote index of the opening quote */
    static JsonString at(byte[] json, int quote) {
        int start = quote + 1;
        int saved = 0;
        int at = mark(json, start);
        while (at < json.length && json[at] == '\\') {
            boolean isUnit = at + UNIT <= json.length && json[at + 1] == 'u';
            int width = isUnit ? UNIT : 2;
            saved += width - (isUnit ? Utf8.width(unit(json, at + 2)) : 1);
            at = mark(json, at + width);
        }
        return new JsonString(json, start, Math.min(at, json.length), at - start - saved);
    }

    /** The beginning of this string, about {@code maxBytes} bytes long; cuts no character. */
    public JsonString prefix(int maxBytes) {
        int at = start;
        int length = 0;
        while (at < end && (length < maxBytes || isContinuation(json[at]))) {
            if (json[at] != '\\') {
                at++;
                length++;
            } else if (at + UNIT <= json.length && json[at + 1] == 'u') {
                length += Utf8.width(unit(json, at + 2));
                at += UNIT;
            } else {
                at += 2;
                length++;
            }
        }
        return new JsonString(json, start, Math.min(at, json.length), length);
    }

    public boolean startsWith(String ascii) {
        byte[] expected = ascii.getBytes(StandardCharsets.US_ASCII);
        int to = start + expected.length;
        return to <= end && Arrays.equals(json, start, to, expected, 0, expected.length);
    }

    /** The index of the closing quote of a string; the length of the text, or more, if there is none. */
    static int endOf(byte[] json, int start) {
        int at = mark(json, start);
        while (at < json.length && json[at] == '\\') {
            at = mark(json, at + 2);
        }
        return at;
    }

    /** The index of the next quote or backslash; the length of the text, or more, if there is none. */
    private static int mark(byte[] json, int from) {
        int at = from;
        for (; at + EightBytes.LENGTH <= json.length; at += EightBytes.LENGTH) {
            long marks = EightBytes.marks(json, at);
            if (marks != 0) {
                return at + EightBytes.first(marks);
            }
        }
        while (at < json.length && json[at] != '"' && json[at] != '\\') {
            at++;
        }
        return at;
    }

    /** The index of the closing quote of a string that is valid in JSON and in UTF-8; negative if it is not. */
    static int checkedEnd(byte[] json, int start) {
        int at = unusual(json, start);
        while (at < json.length && json[at] != '"') {
            int width = json[at] == '\\' ? escape(json, at) : Utf8.width(json, at);
            if (width == 0) {
                return -1;
            }
            at += width;
            // Characters beyond ASCII usually follow one another.
            if (at < json.length && json[at] >= 0) {
                at = unusual(json, at);
            }
        }
        return at < json.length ? at : -1;
    }

    /** The index of the next byte that is no printable ASCII character, or a quote or backslash; the length of the text if there is none. */
    private static int unusual(byte[] json, int from) {
        int at = from;
        for (; at + EightBytes.LENGTH <= json.length; at += EightBytes.LENGTH) {
            long unusual = EightBytes.unusual(json, at);
            if (unusual != 0) {
                return at + EightBytes.first(unusual);
            }
        }
        while (at < json.length && json[at] >= ' ' && json[at] != '"' && json[at] != '\\') {
            at++;
        }
        return at;
    }

    /** Bytes of the escape at an index; 0 if it is not valid. */
    private static int escape(byte[] json, int at) {
        if (at + 1 == json.length) {
            return 0;
        }
        return switch (json[at + 1]) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> 2;
            case 'u' -> at + UNIT <= json.length && isHex(json, at + 2) ? UNIT : 0;
            default -> 0;
        };
    }

    private static boolean isHex(byte[] json, int from) {
        boolean hex = true;
        for (int at = from; at < from + 4; at++) {
            hex &= json[at] >= 0 && Character.digit(json[at], 16) >= 0;
        }
        return hex;
    }

    /** This string with its escapes resolved. */
    public String toText() {
        return isPlain() ? new String(json, start, utf8Length, StandardCharsets.UTF_8) : new String(toUtf8(), StandardCharsets.UTF_8);
    }

    /** Whether {@link #json} has this string from {@link #start} to {@link #end} as it is, without escapes. */
    public boolean isPlain() {
        return end - start == utf8Length;
    }

    /** This string in UTF-8 with its escapes resolved. Half a surrogate pair becomes "?", as when Java encodes it. */
    public byte[] toUtf8() {
        byte[] text = new byte[utf8Length];
        int length = unescape(text);
        return length == utf8Length ? text : Arrays.copyOf(text, length);
    }

    /** Returns the number of bytes written, which a surrogate pair in escapes makes no smaller. */
    private int unescape(byte[] text) {
        int length = 0;
        int at = start;
        while (at < end) {
            if (at + EightBytes.LENGTH <= end && length + EightBytes.LENGTH <= text.length) {
                long marks = EightBytes.copy(json, at, text, length);
                int copied = marks == 0 ? EightBytes.LENGTH : EightBytes.first(marks);
                at += copied;
                length += copied;
                if (marks == 0) {
                    continue;
                }
            }
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
