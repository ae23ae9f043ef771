package dev.openaigateway.tokenizer.prompt;

import dev.openaigateway.json.JsonString;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * A file within a request, in base64.
 *
 * @param head     its first bytes
 * @param rest     about how many bytes follow
 * @param declared whether its URL says that it is a text, so that the upstream reads it as one, however it begins
 */
record EncodedFile(byte[] head, long rest, boolean declared) {

    private static final String SCHEME = "data:";
    private static final String TEXT = "data:text/";
    private static final String MARK = ";base64,";
    /** Enough for the header of every image format, including the EXIF data that precedes the size in a JPEG. */
    private static final int ENCODED_HEAD = 128 * 1024;
    /** Where base64 has line ends, its lines are no shorter. */
    private static final int SHORTEST_LINE = 60;
    private static final int PROBE = 1024;

    /** The file that a text is, alone or in a {@code data:} URL; empty if it is not in base64. */
    static Optional<EncodedFile> in(JsonString text) {
        String head = head(text, PROBE + ENCODED_HEAD);
        int from = 0;
        if (isDataUrl(text)) {
            from = head.indexOf(',') + 1;
            if (!head.regionMatches(true, from - MARK.length(), MARK, 0, MARK.length())) {
                return Optional.empty();
            }
        }
        String base64 = head.substring(from, Math.min(from + ENCODED_HEAD, head.length()));
        int rest = text.utf8Length() - from - base64.length();
        int line = base64.lines().findFirst().map(String::length).orElse(0);
        if (line < Math.min(SHORTEST_LINE, base64.length())) {
            return Optional.empty();
        }
        boolean declared = head.regionMatches(true, 0, TEXT, 0, TEXT.length());
        return decoded(base64.replace("\n", "").replace("\r", "")).map(bytes -> new EncodedFile(bytes, rest * 3L / 4, declared));
    }

    /** Whether a text is a {@code data:} URL. */
    static boolean isDataUrl(JsonString text) {
        return head(text, SCHEME.length()).equalsIgnoreCase(SCHEME);
    }

    /** Whether a {@code data:} URL is one in base64; the others hold a text as it is. */
    static boolean isMarked(JsonString dataUrl) {
        return head(dataUrl, PROBE).toLowerCase(Locale.ROOT).contains(MARK);
    }

    /** Some encoders write the characters of base64 as escapes. */
    private static String head(JsonString text, int bytes) {
        int length = Math.min(bytes, text.utf8Length());
        return text.isPlain() ? new String(text.json(), text.start(), length, StandardCharsets.ISO_8859_1) : text.prefix(length).toText();
    }

    private static Optional<byte[]> decoded(String base64) {
        String whole = base64.substring(0, base64.length() & ~3).replace('-', '+').replace('_', '/');
        try {
            return Optional.of(Base64.getDecoder().decode(whole));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    Optional<ImageSize> imageSize() {
        return declared ? Optional.empty() : ImageSize.of(head);
    }

    /** Whether it is a text in an encoding like UTF-8. Files of other kinds begin with control characters, but for PDF. */
    boolean isText() {
        if (declared) {
            return true;
        }
        for (int at = 0; at < Math.min(PROBE, head.length); at++) {
            boolean space = head[at] >= '\t' && head[at] <= '\r';
            if (head[at] >= 0 && head[at] < ' ' && !space || head[at] == 0x7F) {
                return false;
            }
        }
        return head.length < 4 || !new String(head, 0, 4, StandardCharsets.ISO_8859_1).equals("%PDF");
    }

    String text() {
        return new String(head, StandardCharsets.UTF_8);
    }
}
