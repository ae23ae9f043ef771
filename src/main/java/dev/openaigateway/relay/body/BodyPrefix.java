package dev.openaigateway.relay.body;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The first bytes of a body, as many as are needed to detect its kind. The content type is not reliable: upstreams and the
 * proxies before them send streams under any type, and JSON as a stream. Serves one attempt.
 */
public final class BodyPrefix {

    private static final int LONGEST = 8 * 1024;
    /** The first bytes show the kind of most bodies. */
    private static final int USUAL = 2 * 1024;
    /** No unfinished name of a field is longer. */
    private static final int LONGEST_FIELD = 8;

    private byte[] bytes = new byte[USUAL];
    private int length;
    private BodyKind kind = BodyKind.UNKNOWN;

    private BodyPrefix() {
    }

    /** Blocks until the kind is known or the body ends. A byte order mark is removed. */
    public static BodyPrefix of(InputStream body) throws IOException {
        BodyPrefix beginning = new BodyPrefix();
        while (beginning.kind == BodyKind.UNKNOWN) {
            int read = body.read(beginning.bytes, beginning.length, beginning.bytes.length - beginning.length);
            beginning.length += Math.max(0, read);
            beginning.removeMark();
            beginning.kind = BodyKind.of(beginning.bytes, beginning.length);
            if (beginning.kind == BodyKind.UNKNOWN && read < 0) {
                beginning.kind = BodyKind.OTHER;
            } else if (beginning.kind == BodyKind.UNKNOWN && beginning.length == LONGEST) {
                beginning.dropBlanks();
            } else if (beginning.kind == BodyKind.UNKNOWN && beginning.length == beginning.bytes.length) {
                beginning.bytes = beginning.buffer();
            }
        }
        return beginning;
    }

    public boolean isStream() {
        return kind == BodyKind.STREAM;
    }

    public boolean isJson() {
        return kind == BodyKind.JSON;
    }

    public boolean isList() {
        return kind == BodyKind.LIST;
    }

    /** Whether it is a page, or other XML, rather than a text that begins with a tag of a model. */
    public boolean isMarkup() {
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1).stripLeading();
        return text.startsWith("<") && (text.length() == 1 || "!?".indexOf(text.charAt(1)) >= 0 || Character.isLetter(text.charAt(1)));
    }

    /** The first {@link #length} bytes are in use. */
    public byte[] bytes() {
        return bytes;
    }

    /** A buffer of 8 KB that begins with these bytes, for a caller that reads on into it. */
    public byte[] buffer() {
        return Arrays.copyOf(bytes, LONGEST);
    }

    public int length() {
        return length;
    }

    /** The whole body: these bytes and the rest. */
    public InputStream followedBy(InputStream rest) {
        return new SequenceInputStream(new ByteArrayInputStream(bytes, 0, length), rest);
    }

    /** Some upstreams send blank lines to keep the connection alive while the model reasons. */
    private void dropBlanks() {
        int blanks = LONGEST - LONGEST_FIELD;
        length -= blanks;
        System.arraycopy(bytes, blanks, bytes, 0, length);
    }

    private void removeMark() {
        if (BodyKind.isMarked(bytes, length)) {
            length -= BodyKind.BYTE_ORDER_MARK.length;
            System.arraycopy(bytes, BodyKind.BYTE_ORDER_MARK.length, bytes, 0, length);
        }
    }
}
