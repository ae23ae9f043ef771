package dev.openaigateway.relay.body;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** What a body is, by its first bytes. */
public enum BodyKind {

    /** More bytes are needed to detect the kind. */
    UNKNOWN,
    STREAM,
    /** A JSON object. */
    JSON,
    /** A JSON list, which is an error at best. */
    LIST,
    OTHER;

    static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final List<byte[]> FIELDS = Stream.of("data:", "event:", "id:", "retry:", ":", "error: {", "error:{")
            .map(field -> field.getBytes(StandardCharsets.US_ASCII)).toList();

    static boolean isMarked(byte[] bytes, int length) {
        return length >= BYTE_ORDER_MARK.length && starts(bytes, 0, length, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length;
    }

    public static BodyKind of(byte[] bytes, int length) {
        int at = isMarked(bytes, length) ? BYTE_ORDER_MARK.length : 0;
        while (at < length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        if (at == length || starts(bytes, at, length, BYTE_ORDER_MARK) == length - at) {
            return UNKNOWN;
        }
        if (bytes[at] == '{') {
            return JSON;
        }
        if (bytes[at] == '[') {
            return LIST;
        }
        BodyKind kind = OTHER;
        for (byte[] field : FIELDS) {
            int equal = starts(bytes, at, length, field);
            if (equal == field.length) {
                return STREAM;
            }
            kind = equal == length - at ? UNKNOWN : kind;
        }
        return kind;
    }

    /** The number of bytes from {@code at} on that are equal to those of the text. */
    private static int starts(byte[] bytes, int at, int length, byte[] text) {
        int equal = 0;
        while (equal < text.length && at + equal < length && bytes[at + equal] == text[equal]) {
            equal++;
        }
        return equal;
    }
}
