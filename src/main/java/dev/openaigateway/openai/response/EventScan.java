package dev.openaigateway.openai.response;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds events of a stream that may contain more than a piece of the response. Scans the bytes instead of parsing them
 * (benchmark row "CPU per event").
 */
final class EventScan {

    private static final int ABSENT = -1;
    private static final byte[] USAGE = quoted("usage");
    private static final byte[] FINISH = quoted("finish_reason");
    private static final byte[] ERROR = quoted("error");
    private static final byte[] INDEX = quoted("index");
    private static final byte[] MESSAGE = quoted("message");
    private static final byte[] DETAIL = quoted("detail");
    private static final List<byte[]> ENDS = Stream.of(TypedStream.values()).flatMap(kind -> kind.ends().stream()).map(EventScan::quoted).toList();
    /** Ends, and the events with a whole item of a response, which later requests may refer to. */
    private static final List<byte[]> TYPES = Stream.concat(ENDS.stream(),
            Stream.of(StreamEvent.ITEM_ADDED, StreamEvent.ITEM_DONE).map(EventScan::quoted)).toList();
    /** Whether such a type begins with this letter. */
    private static final boolean[] BEGINS_TYPE = new boolean[128];

    static {
        TYPES.forEach(type -> BEGINS_TYPE[type[1]] = true);
    }

    private EventScan() {
    }

    /** Whether the data may contain usage, a finish reason, an end, an item, a choice other than the first, or an error by name or type. */
    static boolean isRemarkable(byte[] bytes, int from, int end) {
        for (int at = from; at < end - 1; at++) {
            if (bytes[at] == '"' && isRemarkable(bytes, at, end, bytes[at + 1])) {
                return true;
            }
        }
        return false;
    }

    /** Whether the name is that of an error, an end or an item. */
    static boolean isRemarkableName(byte[] bytes, int from, int end) {
        return isNamed(bytes, from, end, ERROR) || isNamedType(bytes, from, end);
    }

    private static boolean isNamedType(byte[] bytes, int from, int end) {
        for (byte[] name : TYPES) {
            if (isNamed(bytes, from, end, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNamed(byte[] bytes, int from, int end, byte[] quoted) {
        return end - from == quoted.length - 2 && Arrays.equals(bytes, from, end, quoted, 1, quoted.length - 1);
    }

    private static boolean isRemarkable(byte[] bytes, int at, int end, byte letter) {
        return switch (letter) {
            case 'u' -> after(bytes, at, end, USAGE) == '{';
            case 'f' -> after(bytes, at, end, FINISH) == '"';
            case 'e' -> reportsError(after(bytes, at, end, ERROR));
            case 'm' -> after(bytes, at, end, MESSAGE) == '"';
            case 'd' -> reportsError(after(bytes, at, end, DETAIL));
            case 'i' -> isOtherChoice(after(bytes, at, end, INDEX)) || isType(bytes, at, end);
            default -> letter > 0 && BEGINS_TYPE[letter] && isType(bytes, at, end);
        };
    }

    private static boolean reportsError(int value) {
        return value != ABSENT && value != 'n';
    }

    private static boolean isOtherChoice(int value) {
        return value > '0' && value <= '9' || value == '"';
    }

    private static boolean isType(byte[] bytes, int at, int end) {
        for (byte[] text : TYPES) {
            if (starts(bytes, at, end, text)) {
                return true;
            }
        }
        return false;
    }

    /** The byte after the text, a colon and blanks: the first byte of a member's value. {@link #ABSENT} if the text does not match. */
    private static int after(byte[] bytes, int at, int end, byte[] text) {
        if (!starts(bytes, at, end, text)) {
            return ABSENT;
        }
        int next = at + text.length;
        while (next < end && (bytes[next] == ':' || bytes[next] <= ' ')) {
            next++;
        }
        return next < end ? bytes[next] : ABSENT;
    }

    private static boolean starts(byte[] bytes, int at, int end, byte[] text) {
        return end - at >= text.length && bytes[at + text.length - 1] == '"' && Arrays.equals(bytes, at, at + text.length, text, 0, text.length);
    }

    private static byte[] quoted(String text) {
        return ('"' + text + '"').getBytes(StandardCharsets.US_ASCII);
    }
}
