package dev.openaigateway.json;

import java.util.Arrays;

/** Tells JSON from other content. */
public final class JsonText {

    /** White space, and the bytes of byte order marks and of characters of two or four bytes. */
    private static final String BEFORE = " \t\r\n\0\u00EF\u00BB\u00BF\u00FE\u00FF";

    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private JsonText() {
    }

    /** The index after the byte order mark, which parsers skip at the beginning of a text in UTF-8; 0 if there is none. */
    static int afterMark(byte[] bytes) {
        int length = BYTE_ORDER_MARK.length;
        return bytes.length >= length && Arrays.equals(bytes, 0, length, BYTE_ORDER_MARK, 0, length) ? length : 0;
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
