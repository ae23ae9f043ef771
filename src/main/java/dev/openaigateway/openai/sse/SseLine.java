package dev.openaigateway.openai.sse;

import java.util.Arrays;

/** Finds the lines of a server-sent event, their fields and values. */
public final class SseLine {

    private SseLine() {
    }

    /** Whether a line is a field of this name. */
    public static boolean isField(byte[] bytes, int line, int lineEnd, byte[] field) {
        int colon = line + field.length;
        return colon < lineEnd && bytes[colon] == ':' && bytes[line] == field[0] && Arrays.equals(bytes, line, colon, field, 0, field.length);
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
}
