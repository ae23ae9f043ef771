package dev.openaigateway.json;

import java.util.Arrays;

/** The bytes of a string that may be the name of a member. Holds no more than a name that anyone looks for has. Not thread-safe. */
final class NameBytes {

    /** As they are written, with both quotes. */
    private static final int MOST = 64;

    private final byte[] bytes = new byte[MOST];
    private int length;

    /** A string begins. */
    void begin() {
        length = 0;
        add((byte) '"');
    }

    void add(byte next) {
        if (length < MOST) {
            bytes[length] = next;
        }
        length = Math.min(length + 1, MOST + 1);
    }

    /** The string without escapes; null if it is too long, or if none has begun. */
    String name() {
        return length > 0 && length <= MOST ? JsonString.at(Arrays.copyOf(bytes, length), 0).toText() : null;
    }
}
