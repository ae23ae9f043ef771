package dev.openaigateway.openai.sse;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Finds the lines of a server-sent event, their fields and values. */
public final class SseLine {

    private static final List<byte[]> READ = Stream.of("data", "event", "id", "retry").map(field -> field.getBytes(StandardCharsets.US_ASCII)).toList();

    private SseLine() {
    }

    /** Whether a line is a field of this name. */
    public static boolean isField(byte[] bytes, int line, int lineEnd, byte[] field) {
        int colon = line + field.length;
        return colon < lineEnd && bytes[colon] == ':' && bytes[line] == field[0] && Arrays.equals(bytes, line, colon, field, 0, field.length);
    }

    /** Whether clients ignore a line: a comment, or of no field that they know. An upstream may write an error there. */
    public static boolean isIgnored(byte[] bytes, int line, int lineEnd) {
        if (line == lineEnd) {
            return false;
        }
        for (byte[] field : READ) {
            if (isField(bytes, line, lineEnd, field)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a line has data. */
    public static boolean isData(byte[] bytes, int line, int lineEnd) {
        return isField(bytes, line, lineEnd, READ.get(0));
    }

    /** The index of the brace with which the data of an event begins, after the lines before it; negative if it begins otherwise. */
    public static int object(byte[] bytes, int start, int end) {
        for (int line = start; line < end;) {
            int lineEnd = lineEnd(bytes, line, end);
            if (isData(bytes, line, lineEnd)) {
                int value = skipBlanks(bytes, line + READ.get(0).length + 1, lineEnd);
                return value < lineEnd && bytes[value] == '{' ? value : -1;
            }
            line = lineEnd + 1;
        }
        return -1;
    }

    /** Changes the lines of an event that clients ignore. */
    public static byte[] withIgnored(byte[] event, UnaryOperator<byte[]> change) {
        return with(event, change, SseLine::isIgnored);
    }

    /** Changes the lines of an event that are not data. */
    public static byte[] withoutData(byte[] event, UnaryOperator<byte[]> change) {
        return with(event, change, (bytes, line, lineEnd) -> line < lineEnd && !isData(bytes, line, lineEnd));
    }

    private static byte[] with(byte[] event, UnaryOperator<byte[]> change, Kind kind) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream(event.length);
        for (int line = 0; line < event.length;) {
            int lineEnd = lineEnd(event, line, event.length);
            byte[] text = Arrays.copyOfRange(event, line, lineEnd);
            changed.writeBytes(kind.matches(event, line, lineEnd) ? change.apply(text) : text);
            changed.write(event, lineEnd, Math.min(1, event.length - lineEnd));
            line = lineEnd + 1;
        }
        return changed.toByteArray();
    }

    /** The index after the line break at the end of a line, if there is one. */
    static int nextLine(byte[] event, int lineEnd) {
        int behind = Math.min(lineEnd + 1, event.length);
        return behind < event.length && event[lineEnd] == '\r' && event[behind] == '\n' ? behind + 1 : behind;
    }

    /** Skips the blank that may precede a value. */
    public static int value(byte[] bytes, int from, int lineEnd) {
        return from < lineEnd && bytes[from] == ' ' ? from + 1 : from;
    }

    /** The index of the line break after a line, or {@code end}. */
    public static int lineEnd(byte[] bytes, int line, int end) {
        int at = line;
        while (at < end && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
        return at;
    }

    /** The index of the first byte that is not blank, or {@code end}. */
    public static int skipBlanks(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && isBlank(bytes[at])) {
            at++;
        }
        return at;
    }

    public static boolean isBlank(byte at) {
        return at == ' ' || at == '\t' || at == '\n';
    }

    @FunctionalInterface
    private interface Kind {

        boolean matches(byte[] bytes, int line, int lineEnd);
    }
}
