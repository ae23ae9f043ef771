package dev.openaigateway.openai;

/** A text that another one may begin with, as its length and a hash. Not thread-safe. */
final class Beginning {

    private static final long FACTOR = 0x100000001b3L;

    private int length;
    private long hash;

    int length() {
        return length;
    }

    void append(String text) {
        hash = hash(hash, text, text.length());
        length += text.length();
    }

    void set(String text) {
        hash = hash(0, text, text.length());
        length = text.length();
    }

    /** Whether the text begins with this one, or is equal to it. */
    boolean isOf(String text) {
        return text.length() >= length && hash(0, text, length) == hash;
    }

    private static long hash(long before, String text, int length) {
        long hash = before;
        for (int i = 0; i < length; i++) {
            hash = hash * FACTOR + text.charAt(i) + 1;
        }
        return hash;
    }
}
