package dev.openaigateway.tokenizer.prompt;

import dev.openaigateway.json.JsonString;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A file within a request, in base64.
 *
 * @param head its first bytes
 * @param rest about how many bytes follow
 */
record EncodedFile(byte[] head, long rest) {

    private static final String MARK = ";base64";
    /** Enough for the header of every image format, including the EXIF data that precedes the size in a JPEG. */
    private static final int ENCODED_HEAD = 128 * 1024;
    /** Where base64 has line ends, its lines are no shorter. */
    private static final int SHORTEST_LINE = 60;
    private static final int PROBE = 1024;

    /** The file that a text is, alone or in a {@code data:} URL; empty if it is not in base64. */
    static Optional<EncodedFile> in(byte[] json, JsonString text) {
        int from = text.start();
        if (text.startsWith("data:")) {
            while (from < text.end() && json[from] != ',') {
                from++;
            }
            String end = new String(json, from - MARK.length(), MARK.length(), StandardCharsets.ISO_8859_1);
            if (from++ == text.end() || !end.equalsIgnoreCase(MARK)) {
                return Optional.empty();
            }
        }
        int length = text.end() - from;
        int read = Math.min(ENCODED_HEAD, length);
        String head = new String(json, from, read, StandardCharsets.ISO_8859_1).replace("\\/", "/");
        int line = head.indexOf('\\');
        if (line >= 0 && line < SHORTEST_LINE) {
            return Optional.empty();
        }
        return decoded(head.replace("\\n", "").replace("\\r", "")).map(bytes -> new EncodedFile(bytes, (length - read) * 3L / 4));
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
        return ImageSize.of(head);
    }

    /** Whether it is a text in an encoding like UTF-8. Files of other kinds begin with control characters, but for PDF. */
    boolean isText() {
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
