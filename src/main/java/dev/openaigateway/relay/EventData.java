package dev.openaigateway.relay;

import java.io.ByteArrayOutputStream;

/** The data lines of one event, found without copying where there is only one. */
final class EventData {

    private static final byte[] USAGE = {'"', 'u', 's', 'a', 'g', 'e', '"'};

    private final byte[] bytes;
    private final int from;
    private final int length;

    private EventData(byte[] bytes, int from, int length) {
        this.bytes = bytes;
        this.from = from;
        this.length = length;
    }

    /** @return null for an event without data, such as a comment */
    static EventData in(byte[] bytes, int start, int end) {
        EventData first = null;
        ByteArrayOutputStream joined = null;
        int line = start;
        while (line < end) {
            int lineEnd = lineEnd(bytes, line, end);
            if (isData(bytes, line, lineEnd)) {
                int value = line + 5 < lineEnd && bytes[line + 5] == ' ' ? line + 6 : line + 5;
                if (first == null) {
                    first = new EventData(bytes, value, lineEnd - value);
                } else {
                    joined = joined == null ? first.copy() : joined;
                    joined.write('\n');
                    joined.write(bytes, value, lineEnd - value);
                }
            }
            line = lineEnd + 1;
        }
        return joined == null ? first : new EventData(joined.toByteArray(), 0, joined.size());
    }

    boolean isDone() {
        return length == 6 && bytes[from] == '[' && bytes[from + 1] == 'D' && bytes[from + 4] == 'E' && bytes[from + 5] == ']';
    }

    /** Whether it may report usage: says so for {@code "usage":{} and not for the {@code "usage":null} of most events. */
    boolean mentionsUsage() {
        for (int at = from; at <= from + length - USAGE.length - 2; at++) {
            if (bytes[at] == '"' && matches(at)) {
                int value = at + USAGE.length;
                while (value < from + length && (bytes[value] == ':' || bytes[value] == ' ')) {
                    value++;
                }
                if (value < from + length && bytes[value] == '{') {
                    return true;
                }
            }
        }
        return false;
    }

    StreamEvent read() {
        return StreamEvent.read(bytes, from, length);
    }

    private boolean matches(int at) {
        for (int i = 1; i < USAGE.length; i++) {
            if (bytes[at + i] != USAGE[i]) {
                return false;
            }
        }
        return true;
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
