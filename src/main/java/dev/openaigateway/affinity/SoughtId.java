package dev.openaigateway.affinity;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An id that is looked for in a text by the longest word in it, so that ids with the same beginning do not slow each other down.
 *
 * @param word       where that word begins in the id
 * @param wordLength 0 if the id has no word
 */
record SoughtId(String id, byte[] bytes, int word, int wordLength) {

    private static final boolean[] IN_WORD = new boolean[256];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-".chars().forEach(each -> IN_WORD[each] = true);
    }

    static SoughtId of(String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        int word = 0;
        int longest = 0;
        for (int start = 0, i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || !isInWord(bytes[i])) {
                if (i - start > longest) {
                    word = start;
                    longest = i - start;
                }
                start = i + 1;
            }
        }
        return new SoughtId(id, bytes, word, longest);
    }

    /** Whether the id is there, and not a part of a longer word. */
    boolean isIn(byte[] text, int wordInText) {
        int from = wordInText - word;
        int to = from + bytes.length;
        return from >= 0 && to <= text.length && Arrays.equals(bytes, 0, bytes.length, text, from, to)
                && !(from > 0 && isInWord(text[from - 1])) && !(to < text.length && isInWord(text[to]));
    }

    static boolean isInWord(byte each) {
        return IN_WORD[each & 0xff];
    }
}
