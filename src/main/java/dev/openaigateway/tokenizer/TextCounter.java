package dev.openaigateway.tokenizer;

import dev.openaigateway.json.Utf8;

/**
 * Counts the texts of one request in bounded time and memory: the first 96 KB exactly, the rest at 1.2 times the ratio of
 * the exact part, between 0.25 and 1 tokens per byte. Prose has about 0.215 tokens per byte, and no text has more than 1.
 * The correction after the response removes the estimation error. Not thread-safe.
 */
public final class TextCounter {

    static final int EXACT_BYTES = 96 * 1024;
    private static final double CAUTION = 1.2;
    private static final double LEAST_RATIO = 0.25;

    private final Tokenizer tokenizer;
    private int exactBytes;
    private long exactTokens;
    private long restBytes;

    public TextCounter(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    public Tokenizer tokenizer() {
        return tokenizer;
    }

    /** Number of further bytes that are counted exactly. */
    public int exactBytesLeft() {
        return Math.max(0, EXACT_BYTES - exactBytes);
    }

    public void add(String text) {
        int bytes = Utf8.length(text);
        if (bytes <= exactBytesLeft()) {
            addExact(tokenizer.count(text), bytes);
        } else {
            String head = Utf8.prefix(text, exactBytesLeft());
            int headBytes = Utf8.length(head);
            addExact(tokenizer.count(head), headBytes);
            addRest(bytes - headBytes);
        }
    }

    /** Adds a text that has been counted. It may exceed {@link #exactBytesLeft()} a little. */
    public void addExact(int tokens, int bytes) {
        exactTokens += tokens;
        exactBytes += bytes;
    }

    /** Adds text beyond the exact part, by its length only. */
    public void addRest(long bytes) {
        exactBytes = EXACT_BYTES;
        restBytes += bytes;
    }

    public long tokens() {
        if (restBytes == 0) {
            return exactTokens;
        }
        double seen = (double) exactTokens / EXACT_BYTES;
        double ratio = Math.min(1, Math.max(LEAST_RATIO, CAUTION * seen));
        return exactTokens + (long) Math.ceil(restBytes * ratio);
    }
}
