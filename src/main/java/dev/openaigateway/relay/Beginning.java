package dev.openaigateway.relay;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The first bytes of a body, as many as it takes to tell what it is. The content type does not tell: upstreams and the proxies
 * before them send streams under any type, and JSON as a stream. Serves one attempt.
 */
final class Beginning {

    private enum Kind { UNKNOWN, STREAM, JSON, OTHER }

    private static final int LONGEST = 8 * 1024;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};
    private static final List<byte[]> FIELDS = Stream.of("data:", "event:", "id:", "retry:", ":")
            .map(field -> field.getBytes(StandardCharsets.US_ASCII)).toList();

    private final byte[] bytes = new byte[LONGEST];
    private int length;
    private Kind kind = Kind.UNKNOWN;

    private Beginning() {
    }

    /** Blocks until the kind is known or the body ends. A byte order mark is removed. */
    static Beginning of(InputStream body) throws IOException {
        Beginning beginning = new Beginning();
        while (beginning.kind == Kind.UNKNOWN) {
            int read = body.read(beginning.bytes, beginning.length, LONGEST - beginning.length);
            beginning.length += Math.max(0, read);
            beginning.removeMark();
            beginning.kind = kind(beginning.bytes, beginning.length);
            if (beginning.kind == Kind.UNKNOWN && (read < 0 || beginning.length == LONGEST)) {
                beginning.kind = Kind.OTHER;
            }
        }
        return beginning;
    }

    /** Whether the bytes begin as server-sent events do. */
    static boolean isStream(byte[] bytes) {
        return kind(bytes, bytes.length) == Kind.STREAM;
    }

    /** Whether the bytes begin as a JSON object does. */
    static boolean isJson(byte[] bytes) {
        return kind(bytes, bytes.length) == Kind.JSON;
    }

    boolean isStream() {
        return kind == Kind.STREAM;
    }

    boolean isJson() {
        return kind == Kind.JSON;
    }

    /** The buffer, which the caller may reuse. Its first {@link #length} bytes are in use. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** The whole body: these bytes and the rest. */
    InputStream followedBy(InputStream rest) {
        return new SequenceInputStream(new ByteArrayInputStream(bytes, 0, length), rest);
    }

    private void removeMark() {
        if (isMarked(bytes, length)) {
            length -= BYTE_ORDER_MARK.length;
            System.arraycopy(bytes, BYTE_ORDER_MARK.length, bytes, 0, length);
        }
    }

    private static boolean isMarked(byte[] bytes, int length) {
        return length >= BYTE_ORDER_MARK.length && starts(bytes, 0, length, BYTE_ORDER_MARK) == BYTE_ORDER_MARK.length;
    }

    private static Kind kind(byte[] bytes, int length) {
        int at = isMarked(bytes, length) ? BYTE_ORDER_MARK.length : 0;
        while (at < length && (bytes[at] == ' ' || bytes[at] == '\n' || bytes[at] == '\r' || bytes[at] == '\t')) {
            at++;
        }
        if (at == length || starts(bytes, at, length, BYTE_ORDER_MARK) == length - at) {
            return Kind.UNKNOWN;
        }
        if (bytes[at] == '{') {
            return Kind.JSON;
        }
        Kind kind = Kind.OTHER;
        for (byte[] field : FIELDS) {
            int equal = starts(bytes, at, length, field);
            if (equal == field.length) {
                return Kind.STREAM;
            }
            kind = equal == length - at ? Kind.UNKNOWN : kind;
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
