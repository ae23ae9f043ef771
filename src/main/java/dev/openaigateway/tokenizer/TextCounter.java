package dev.openaigateway.tokenizer;

/**
 * Counts the texts of one request in bounded time and memory: the first 32 KB exactly, the rest at 1.2 times the ratio of
 * the exact part, between 0.25 and 1 tokens per byte. Prose has about 0.215 tokens per byte, and no text has more than 1.
 * The correction after the response removes the estimation error. Not thread-safe.
 */
final class TextCounter {

    static final int EXACT_BYTES = 32 * 1024;
    private static final double CAUTION = 1.2;
    private static final double LEAST_RATIO = 0.25;

    private final Tokenizer tokenizer;
    private int exactBytes;
    private long exactTokens;
    private long restBytes;

    TextCounter(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /** Number of further bytes that are counted exactly. */
    int exactBytesLeft() {
        return EXACT_BYTES - exactBytes;
    }

    void add(String text) {
        int bytes = Utf8.length(text);
        if (bytes <= exactBytesLeft()) {
            addExact(text, bytes);
        } else {
            String head = Utf8.prefix(text, exactBytesLeft());
            int headBytes = Utf8.length(head);
            addExact(head, headBytes);
            addRest(bytes - headBytes);
        }
    }

    /** The text may exceed {@link #exactBytesLeft()} by no more than one character. */
    void addExact(String text, int bytes) {
        exactTokens += tokenizer.count(text);
        exactBytes += bytes;
    }

    /** Adds text beyond the exact part, by its length only. */
    void addRest(long bytes) {
        exactBytes = EXACT_BYTES;
        restBytes += bytes;
    }

    long tokens() {
        if (restBytes == 0) {
            return exactTokens;
        }
        double seen = (double) exactTokens / EXACT_BYTES;
        double ratio = Math.min(1, Math.max(LEAST_RATIO, CAUTION * seen));
        return exactTokens + (long) Math.ceil(restBytes * ratio);
    }
}
