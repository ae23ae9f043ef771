package dev.openaigateway.text;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in UTF-16 or UTF-32, in which no secret would be found, as UTF-8. */
public final class UnicodeText {

    private static final Pattern DECLARED = Pattern.compile("(?i);\\s*charset\\s*=\\s*[\"']?utf-?(16|32)(be|le)?(?![\\w-])");
    static final String MARK = "\ufeff";
    private static final int UNITS = 4;

    private UnicodeText() {
    }

    /** Returns JSON in UTF-8. The same array if its first bytes show neither UTF-16 nor UTF-32 to a parser. */
    public static byte[] json(byte[] json) {
        String charset = charset(json);
        return charset == null ? json : inUtf8(json, charset);
    }

    /**
     * Returns any text in UTF-8, by its first bytes or else by the charset that is declared. If it has zero bytes although neither shows one of these
     * charsets, they are left out. The same array if it has no zero byte.
     *
     * @param contentType may be null
     */
    public static byte[] of(byte[] text, String contentType) {
        String charset = charset(text);
        if (charset != null) {
            return inUtf8(text, charset);
        }
        String read = new String(text, StandardCharsets.ISO_8859_1);
        if (read.indexOf('\0') < 0) {
            return text;
        }
        Matcher declared = DECLARED.matcher(contentType == null ? "" : contentType);
        return declared.find() ? inUtf8(text, ("UTF-" + declared.group().replaceFirst("(?i).*utf-?", "")).toUpperCase(Locale.ROOT))
                : read.replace("\0", "").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** By a mark, or by the zeros of ASCII, with which JSON and most messages begin. Null for other charsets. */
    static String charset(byte[] text) {
        // The longer unit first: in one order of bytes, what begins UTF-32 begins UTF-16 too.
        for (String charset : new String[] {"UTF-32BE", "UTF-32LE", "UTF-16BE", "UTF-16LE"}) {
            int unit = charset.startsWith("UTF-32") ? UNITS : UNITS / 2;
            if (text.length >= unit && begins(text, unit, charset.endsWith("BE"))) {
                return charset;
            }
        }
        return null;
    }

    private static boolean begins(byte[] text, int unit, boolean bigEndian) {
        int first = 0;
        for (int i = 0; i < unit; i++) {
            first = first << Byte.SIZE | text[bigEndian ? i : unit - 1 - i] & 0xff;
        }
        return first > 0 && first < 0x80 || first == MARK.charAt(0);
    }

    private static byte[] inUtf8(byte[] text, String charset) {
        String read = new String(text, Charset.forName(charset));
        return (read.startsWith(MARK) ? read.substring(1) : read).getBytes(StandardCharsets.UTF_8);
    }
}
