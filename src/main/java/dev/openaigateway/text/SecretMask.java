package dev.openaigateway.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.regex.Pattern;

/**
 * Masks secrets in a text, also where JSON escapes some of their characters, such as <code>\/</code> or <code>&#92;u002B</code>, and where a
 * JSON string has such a JSON text in it, and where a URL quotes some as <code>%2B</code>. JSON stays valid. The time grows with the length of the text, and hardly with the number of secrets.
 * Immutable.
 */
public final class SecretMask {

    public static final String MASK = "****";

    /** In characters. What is shorter is a placeholder such as "none", for an upstream without keys. */
    private static final int SHORTEST = 8;
    /** How many times a text may be escaped: an error of an upstream that a proxy and another proxy each put into a string of their own. */
    private static final int DEEPEST = 3;
    /** How many times a text may be quoted for a URL, as one in the query of another. */
    private static final int MOST_QUOTED = 2;
    /** In characters, without the last. */
    private static final int LONGEST_BEGUN_ESCAPE = 5;

    /** What a URL has as it is. */
    private static final Pattern PLAIN = Pattern.compile("[\\w.~-]*");

    /** Sorted, so that those with one beginning are neighbours. */
    private final String[] secrets;
    private final BitSet beginnings = new BitSet();
    private final int shortest;
    private final SecretGrams grams;
    /** Whether a URL has to quote a character of a secret. It leaves most keys as they are. */
    private final boolean quotable;

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
        quotable = Arrays.stream(secrets).anyMatch(secret -> !PLAIN.matcher(secret).matches());
    }

    /**
     * Whether a secret may be in a part of a text. Much faster than {@link #in(byte[])}, and false for most texts without a backslash or a quoted character.
     *
     * @param to exclusive
     */
    public boolean mayBeIn(byte[] text, int from, int to) {
        for (int at = from; at < to; at++) {
            if (text[at] == '\\' || quotable && text[at] == '%' && at + 2 < to && isHex(text[at + 1]) && isHex(text[at + 2])) {
                return secrets.length > 0;
            }
        }
        return secrets.length > 0 && grams.mayBeIn(text, from, to);
    }

    /** Returns the text masked; the same object if there is nothing to mask. */
    public String in(String text) {
        Layers deepest = deepest(text);
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

    private static boolean isHex(int character) {
        return Character.digit(character, 16) >= 0;
    }

    private Layers deepest(CharSequence text) {
        boolean escaped = false;
        boolean quoted = false;
        for (int at = 0; at < text.length() && !(escaped && quoted); at++) {
            escaped |= text.charAt(at) == '\\';
            quoted |= text.charAt(at) == '%';
        }
        return new Layers(escaped ? DEEPEST : 0, quoted && quotable ? MOST_QUOTED : 0);
    }

    /** The index of the next secret, or a negative number. */
    private int next(CharSequence text, int from, Layers deepest) {
        for (int at = from; at <= text.length() - shortest; at++) {
            char first = text.charAt(at);
            if ((first == '\\' || first == '%' || beginnings.get(first)) && endOfSecret(text, at, deepest) >= 0) {
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
    private int endOfSecret(CharSequence text, int start, Layers deepest) {
        int longest = Cursor.NONE;
        for (int depth = 0; depth <= deepest.escapes; depth++) {
            for (int quotes = 0; quotes <= deepest.quotes; quotes++) {
                longest = Math.max(longest, endOfSecretAt(text, start, new Layers(depth, quotes)));
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

    private int endOfSecretAt(CharSequence text, int start, Layers layers) {
        int first = new Cursor(text, start).next(layers);
        if (first < 0 || !beginnings.get(first)) {
            return Cursor.NONE;
        }
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
            int next = cursor.next(layers);
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

    /** How many times a text was quoted for a URL, and then escaped in JSON. */
    private record Layers(int escapes, int quotes) {
    }

    /** Reads the characters of a text that was escaped or quoted none, one or more times. */
    private static final class Cursor {

        static final int NONE = -1;

        private final CharSequence text;
        private int at;

        Cursor(CharSequence text, int at) {
            this.text = text;
            this.at = at;
        }

        int next(Layers layers) {
            return next(layers.escapes, layers.quotes);
        }

        private int next(int depth, int quotes) {
            if (quotes == 0) {
                return next(depth);
            }
            int read = next(depth, quotes - 1);
            if (read != '%') {
                return read;
            }
            int behind = at;
            int high = next(depth, quotes - 1);
            int low = next(depth, quotes - 1);
            if (high >= 0 && low >= 0 && isHex(high) && isHex(low)) {
                return Character.digit(high, 16) << 4 | Character.digit(low, 16);
            }
            at = behind;
            return read;
        }

        private int next(int depth) {
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
