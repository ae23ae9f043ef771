package dev.openaigateway.openai.response;

import dev.openaigateway.openai.CompletionCounter;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The data of one server-sent event. Copies bytes only if the event has several data lines. */
public final class SseData {

    private static final byte[] USAGE = "\"usage\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FINISH = "\"finish_reason\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ERROR = "\"error\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FAILED = "\"response.failed\"".getBytes(StandardCharsets.US_ASCII);
    private static final int ABSENT = -1;

    private final byte[] bytes;
    private final int from;
    private final int length;

    private SseData(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.from = from;
        this.length = length;
    }

    /** @return null for an event without data, such as a comment */
    public static SseData in(byte[] bytes, int start, int end) {
        SseData first = null;
        ByteArrayOutputStream joined = null;
        int line = start;
        while (line < end) {
            int lineEnd = lineEnd(bytes, line, end);
            if (isData(bytes, line, lineEnd)) {
                int value = line + 5 < lineEnd && bytes[line + 5] == ' ' ? line + 6 : line + 5;
                if (first == null) {
                    first = new SseData(bytes, value, lineEnd - value);
                } else {
                    joined = joined == null ? first.copy() : joined;
                    joined.write('\n');
                    joined.write(bytes, value, lineEnd - value);
                }
            }
            line = lineEnd + 1;
        }
        return joined == null ? first : new SseData(joined.toByteArray(), 0, joined.size());
    }

    /** Whether the data is {@code [DONE]}. */
    public boolean isDone() {
        return isDone(bytes, from, length);
    }

    static boolean isDone(byte[] bytes, int from, int length) {
        return length == 6 && bytes[from] == '[' && bytes[from + 1] == 'D' && bytes[from + 4] == 'E' && bytes[from + 5] == ']';
    }

    /**
     * Whether the event may contain more than a piece of the response: usage, a finish reason, or an error by name or type.
     * Scans the bytes instead of parsing them (benchmark row "CPU per event").
     */
    public boolean isRemarkable() {
        int end = from + length;
        for (int at = from; at < end; at++) {
            if (bytes[at] == '"' && (after(at, USAGE) == '{' || after(at, FINISH) == '"' || reportsError(at))) {
                return true;
            }
        }
        return false;
    }

    private boolean reportsError(int at) {
        int value = after(at, ERROR);
        return value != ABSENT && value != 'n' || after(at, FAILED) != ABSENT;
    }

    /** Whether the event is complete. */
    public boolean isWhole() {
        return isDone() || read(null) != StreamEvent.UNREADABLE;
    }

    /** @param counter receives the text of the response; null if it is not counted */
    public StreamEvent read(CompletionCounter counter) {
        return StreamEvent.read(bytes, from, length, counter);
    }

    /** The byte after the text, a colon and blanks: the first byte of a member's value. {@link #ABSENT} if the text does not match. */
    private int after(int at, byte[] text) {
        int end = from + length;
        if (end - at <= text.length || bytes[at + 1] != text[1] || !Arrays.equals(bytes, at, at + text.length, text, 0, text.length)) {
            return ABSENT;
        }
        int next = at + text.length;
        while (next < end && (bytes[next] == ':' || bytes[next] == ' ')) {
            next++;
        }
        return next < end ? bytes[next] : ABSENT;
    }

    /** The data alone, for formats that are not read here. */
    public byte[] copyOfBytes() {
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    private ByteArrayOutputStream copy() {
        ByteArrayOutputStream out = new ByteArrayOutputStream(length * 2);
        out.write(bytes, from, length);
        return out;
    }

    private static boolean isData(byte[] bytes, int line, int lineEnd) {
        return lineEnd - line >= 5 && bytes[line] == 'd' && bytes[line + 1] == 'a' && bytes[line + 2] == 't'
                && bytes[line + 3] == 'a' && bytes[line + 4] == ':';
    }

    private static int lineEnd(byte[] bytes, int line, int end) {
        int at = line;
        while (at < end && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }
}
