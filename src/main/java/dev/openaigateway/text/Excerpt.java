package dev.openaigateway.text;

import java.nio.charset.StandardCharsets;

/**
 * The beginning of a text that may be too long. Half of a character, such as of an emoji, is never at its end: neither JSON nor UTF-8 can have
 * it. Lengths are in UTF-16 units.
 */
public final class Excerpt {

    private static final int LONGEST_SHOWN = 100;

    private Excerpt() {
    }

    /**
     * The text, or its beginning of at most that length.
     *
     * @param text may be null
     * @return null for null
     */
    public static String of(String text, int most) {
        if (text == null || text.length() <= most) {
            return text;
        }
        return text.substring(0, most > 0 && Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /**
     * The text, or its beginning of at most that length with three dots behind it.
     *
     * @param text may be null
     * @return null for null
     */
    public static String marked(String text, int most) {
        return text == null || text.length() <= most ? text : of(text, most) + "...";
    }

    /** As {@link #marked}, with the length in bytes of UTF-8. */
    public static String markedBytes(String text, int most) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= most) {
            return text;
        }
        int end = most;
        while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
            end--;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8) + "...";
    }

    /** A client's text for use in a message: at most 100 units, and no control characters. */
    public static String printable(String text) {
        return marked(text, LONGEST_SHOWN).replaceAll("\\p{Cntrl}", "?");
    }
}
