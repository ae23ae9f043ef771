package dev.openaigateway.json;

/** Tells JSON from other content. */
public final class JsonText {

    /** White space, and the bytes of byte order marks and of characters of two or four bytes. */
    private static final String BEFORE = " \t\r\n\0\u00EF\u00BB\u00BF\u00FE\u00FF";

    private JsonText() {
    }

    /** Whether the bytes may be the beginning of a JSON object or array, in any encoding. */
    public static boolean mayBegin(byte[] bytes, int length) {
        for (int at = 0; at < length; at++) {
            char next = (char) (bytes[at] & 0xFF);
            if (BEFORE.indexOf(next) < 0) {
                return next == '{' || next == '[';
            }
        }
        return false;
    }
}
