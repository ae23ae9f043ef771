package dev.openaigateway.tokenizer;

import java.util.function.ToIntFunction;

/**
 * Remembers how many tokens words have, so that the tokenizer is asked only for new ones: of prose it takes most of the
 * time of a count to find the words. Every tokenizer ends a piece where an ASCII letter is followed by one blank and
 * another letter, so that the parts between such places have as many tokens alone as together. Bounded in memory: a
 * word that falls on another's place takes it. Safe for use by several threads.
 */
final class WordCounts {

    private static final int SLOTS = 1 << 15;
    private static final int LONGEST = 32;

    private record Known(String word, int tokens) {
    }

    private final ToIntFunction<String> tokenizer;
    private final Known[] known = new Known[SLOTS];

    /** @param tokenizer counts what is not known */
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
        Known there = known[slot];
        if (there == null || there.word.length() != length || !text.startsWith(there.word, start)) {
            String word = text.substring(start, end);
            there = new Known(word, tokenizer.applyAsInt(word));
            known[slot] = there;
        }
        return there.tokens;
    }

    private static boolean isBetweenLetters(String text, int at) {
        return at > 0 && at + 1 < text.length() && isLetter(text.charAt(at - 1)) && isLetter(text.charAt(at + 1));
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
