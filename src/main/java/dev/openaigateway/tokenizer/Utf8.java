package dev.openaigateway.tokenizer;

/** Computes the length of text in UTF-8 without encoding it. */
final class Utf8 {

    private Utf8() {
    }

    static int length(CharSequence text) {
        int bytes = 0;
        for (int at = 0; at < text.length(); at++) {
            bytes += width(text.charAt(at));
        }
        return bytes;
    }

    /** Bytes of one UTF-16 unit; each half of a surrogate pair counts 2 of the pair's 4. */
    static int width(int unit) {
        if (unit < 0x80) {
            return 1;
        }
        return unit < 0x800 || Character.isSurrogate((char) unit) ? 2 : 3;
    }

    /** The longest prefix of the text that has at most {@code maxBytes} bytes and cuts no character. */
    static String prefix(String text, int maxBytes) {
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
}
