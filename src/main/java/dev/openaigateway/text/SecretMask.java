package dev.openaigateway.text;

import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collection;

/**
 * Masks secrets in a text, also where JSON escapes some of their characters, such as <code>\/</code> or <code>&#92;u002B</code>, and where a
 * JSON string has such a JSON text in it. JSON stays valid. The time grows with the length of the text, and hardly with the number of secrets.
 * Immutable.
 */
public final class SecretMask {

    public static final String MASK = "****";

    /** In characters. What is shorter is a placeholder such as "none", for an upstream without keys. */
    private static final int SHORTEST = 8;
    /** How many times a text may be escaped: an error of an upstream that a proxy and another proxy each put into a string of their own. */
    private static final int DEEPEST = 3;
    /** In characters, without the last. */
    private static final int LONGEST_BEGUN_ESCAPE = 5;

    /** Sorted, so that those with one beginning are neighbours. */
    private final String[] secrets;
    private final BitSet beginnings = new BitSet();
    private final int shortest;
    private final SecretGrams grams;

    /** @param values the secrets; those that are too short to be one are left out */
    public SecretMask(Collection<String> values) {
        secrets = values.stream().filter(value -> value.length() >= SHORTEST).distinct().sorted().toArray(String[]::new);
        int length = Integer.MAX_VALUE;
        for (String secret : secrets) {
            beginnings.set(secret.charAt(0));
            length = Math.min(length, secret.length());
        }
        shortest = length;
        grams = new SecretGrams(secrets, shortest);
    }

    /**
     * Whether a secret may be in a part of a text. Much faster than {@link #in(byte[])}, and false for most texts without a backslash.
     *
     * @param to exclusive
     */
    public boolean mayBeIn(byte[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (text[at] == '\\') {
                return secrets.length > 0;
            }
        }
        return secrets.length > 0 && grams.mayBeIn(text, from, to);
    }

    /** Returns the text masked; the same object if there is nothing to mask. */
    public String in(String text) {
        int deepest = deepest(text);
        StringBuilder shown = null;
        int copied = 0;
        for (int at = next(text, 0, deepest); at >= 0; at = next(text, copied, deepest)) {
            shown = shown == null ? new StringBuilder(text.length()) : shown;
            shown.append(text, copied, withoutEscape(text, copied, at)).append(MASK);
            copied = endOfSecret(text, at, deepest);
        }
        return shown == null ? text : shown.append(text, copied, text.length()).toString();
    }

    /**
     * The same for a text as bytes, which is copied only if there is something to mask.
     *
     * @param text in any encoding that has a byte for each ASCII character, such as UTF-8
     */
    public byte[] in(byte[] text) {
        Latin1 read = new Latin1(text);
        return next(read, 0, deepest(read)) < 0 ? text : in(read.toString()).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int deepest(CharSequence text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) == '\\') {
                return DEEPEST;
            }
        }
        return 0;
    }

    /** The index of the next secret, or a negative number. */
    private int next(CharSequence text, int from, int deepest) {
        for (int at = from; at <= text.length() - shortest; at++) {
            char first = text.charAt(at);
            if ((first == '\\' || beginnings.get(first)) && endOfSecret(text, at, deepest) >= 0) {
                return at;
            }
        }
        return Cursor.NONE;
    }

    /** Backslashes before a secret would escape the mask; so would the beginning of an escape that ends with the first characters of the secret. */
    private static int withoutEscape(String text, int from, int to) {
        int end = to;
        for (int begun = to - 2; begun >= from && begun >= to - LONGEST_BEGUN_ESCAPE; begun--) {
            end = text.startsWith("\\u", begun) ? begun : end;
        }
        while (end > from && text.charAt(end - 1) == '\\') {
            end--;
        }
        return end;
    }

    /** The index after the longest secret that begins here; negative if there is none. */
    private int endOfSecret(CharSequence text, int start, int deepest) {
        int longest = Cursor.NONE;
        for (int depth = 0; depth <= deepest; depth++) {
            int first = new Cursor(text, start).next(depth);
            if (first >= 0 && beginnings.get(first)) {
                longest = Math.max(longest, endOfSecretAt(text, start, depth));
            }
        }
        return longest < 0 ? Cursor.NONE : behindEscape(text, longest);
    }

    /** The last of an odd number of backslashes escapes what follows them, which is no part of a secret that ends with a backslash. */
    private static int behindEscape(CharSequence text, int end) {
        int backslashes = end;
        while (backslashes > 0 && text.charAt(backslashes - 1) == '\\') {
            backslashes--;
        }
        return end < text.length() && (end - backslashes) % 2 == 1 ? end + 1 : end;
    }

    private int endOfSecretAt(CharSequence text, int start, int depth) {
        Cursor cursor = new Cursor(text, start);
        int longest = Cursor.NONE;
        int from = 0;
        int to = secrets.length;
        for (int matched = 0; from < to; matched++) {
            // The shortest of all that have this beginning is the first.
            if (secrets[from].length() == matched) {
                longest = cursor.at;
                from++;
            }
            int next = cursor.next(depth);
            from = firstFrom(from, to, matched, next);
            to = firstFrom(from, to, matched, next + 1);
        }
        return longest;
    }

    /** The first of these secrets whose character at an index is not below another; they are equal before it, and longer. */
    private int firstFrom(int from, int to, int index, int character) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = low + high >>> 1;
            if (secrets[middle].charAt(index) < character) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Reads the characters of a text that was escaped none, one or more times. */
    private static final class Cursor {

        static final int NONE = -1;

        private final CharSequence text;
        private int at;

        Cursor(CharSequence text, int at) {
            this.text = text;
            this.at = at;
        }

        int next(int depth) {
            if (depth == 0) {
                return at < text.length() ? text.charAt(at++) : NONE;
            }
            int read = next(depth - 1);
            if (read != '\\') {
                return read;
            }
            int escaped = next(depth - 1);
            return escaped == 'u' ? unit(depth - 1) : escaped;
        }

        private int unit(int depth) {
            int unit = 0;
            for (int i = 0; i < 4; i++) {
                int read = next(depth);
                int digit = read < 0 ? NONE : Character.digit(read, 16);
                if (digit < 0) {
                    return NONE;
                }
                unit = unit << 4 | digit;
            }
            return unit;
        }
    }
}
