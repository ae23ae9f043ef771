package dev.openaigateway.tokenizer;

import java.util.function.ToIntFunction;

/**
 * Caches the token counts of words: splitting prose into tokens takes most of the time of a count (benchmark row
 * "memory limiter"). Every encoding ends a piece between two ASCII letters that are separated by one blank, so the counts
 * of the parts between such places add up. Memory is bounded: a word that hashes to an occupied slot replaces its entry.
 * Thread-safe.
 */
final class WordCounts {

    private static final int SLOTS = 1 << 15;
    private static final int LONGEST = 32;

    private record Known(String word, int tokens) {
    }

    private final ToIntFunction<String> tokenizer;
    private final Known[] known = new Known[SLOTS];

    /** @param tokenizer counts the words that are not cached */
    WordCounts(ToIntFunction<String> tokenizer) {
        this.tokenizer = tokenizer;
    }

    int count(String text) {
        int tokens = 0;
        int start = 0;
        int hash = 0;
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c == ' ' && isBetweenLetters(text, at)) {
                tokens += count(text, start, at, hash);
                start = at;
                hash = 0;
            }
            hash = 31 * hash + c;
        }
        return start == text.length() ? tokens : tokens + count(text, start, text.length(), hash);
    }

    private int count(String text, int start, int end, int hash) {
        int length = end - start;
        if (length > LONGEST) {
            return tokenizer.applyAsInt(text.substring(start, end));
        }
        int slot = (hash ^ hash >>> 15) & SLOTS - 1;
        Known cached = known[slot];
        if (cached == null || cached.word.length() != length || !text.startsWith(cached.word, start)) {
            String word = text.substring(start, end);
            cached = new Known(word, tokenizer.applyAsInt(word));
            known[slot] = cached;
        }
        return cached.tokens;
    }

    private static boolean isBetweenLetters(String text, int at) {
        return at > 0 && at + 1 < text.length() && isLetter(text.charAt(at - 1)) && isLetter(text.charAt(at + 1));
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
