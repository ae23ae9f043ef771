package dev.openaigateway.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;

import java.io.IOException;
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

    String text(JsonFactory factory) throws IOException {
        byte[] quoted = new byte[end - start + 2];
        quoted[0] = '"';
        System.arraycopy(json, start, quoted, 1, end - start);
        quoted[quoted.length - 1] = '"';
        try (JsonParser in = factory.createParser(quoted)) {
            in.nextToken();
            return in.getText();
        }
    }

    private static JsonString scan(byte[] json, int start, int maxBytes) {
        int at = start;
        int length = 0;
        while (at < json.length && json[at] != '"' && (length < maxBytes || isContinuation(json[at]))) {
            if (json[at] != '\\') {
                at++;
                length++;
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
