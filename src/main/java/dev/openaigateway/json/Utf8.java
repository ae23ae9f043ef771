package dev.openaigateway.json;

/** Computes the length of text in UTF-8 without encoding it. */
public final class Utf8 {

    private Utf8() {
    }

    public static int length(CharSequence text) {
        int bytes = 0;
        for (int at = 0; at < text.length(); at++) {
            bytes += width(text.charAt(at));
        }
        return bytes;
    }

    /** Bytes of one UTF-16 unit; each half of a surrogate pair counts 2 of the pair's 4. */
    public static int width(int unit) {
        if (unit < 0x80) {
            return 1;
        }
        return unit < 0x800 || Character.isSurrogate((char) unit) ? 2 : 3;
    }

    /** Bytes of the character that begins at an index; 0 if it is not valid. */
    static int width(byte[] text, int at) {
        int lead = text[at];
        if ((lead & 0xF0) == 0xE0) {
            return at + 2 < text.length && follows(text[at + 1]) && follows(text[at + 2]) ? 3 : 0;
        }
        if ((lead & 0xE0) == 0xC0) {
            return (lead & 0x1E) != 0 && at + 1 < text.length && follows(text[at + 1]) ? 2 : 0;
        }
        boolean four = (lead & 0xFF) >= 0xF0 && (lead & 0xFF) <= 0xF4;
        return four && at + 3 < text.length && follows(text[at + 1]) && follows(text[at + 2]) && follows(text[at + 3]) ? 4 : 0;
    }

    private static boolean follows(byte b) {
        return (b & 0xC0) == 0x80;
    }

    /** Writes a code point and returns the index after it. Half a surrogate pair becomes "?". */
    public static int encode(int codePoint, byte[] text, int at) {
        int end = at;
        if (codePoint < 0x80) {
            text[end++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            text[end++] = (byte) (0xC0 | codePoint >> 6);
            text[end++] = (byte) (0x80 | codePoint & 0x3F);
        } else if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
            text[end++] = '?';
        } else if (codePoint < 0x10000) {
            text[end++] = (byte) (0xE0 | codePoint >> 12);
            text[end++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            text[end++] = (byte) (0x80 | codePoint & 0x3F);
        } else {
            text[end++] = (byte) (0xF0 | codePoint >> 18);
            text[end++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
            text[end++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            text[end++] = (byte) (0x80 | codePoint & 0x3F);
        }
        return end;
    }

    /** The longest prefix of the text that has at most {@code maxBytes} bytes and cuts no character. */
    public static String prefix(String text, int maxBytes) {
        int at = 0;
        for (int bytes = 0; at < text.length(); at++) {
            bytes += width(text.charAt(at));
            if (bytes > maxBytes) {
                break;
            }
        }
        boolean cutsPair = at > 0 && at < text.length() && Character.isLowSurrogate(text.charAt(at));
        return text.substring(0, cutsPair ? at - 1 : at);
    }

    /** The largest index up to {@code to} that cuts no character. */
    public static int cut(byte[] text, int from, int to) {
        int at = to;
        while (at > from && at < text.length && (text[at] & 0xC0) == 0x80) {
            at--;
        }
        return at;
    }
}
