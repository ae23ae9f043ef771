package dev.openaigateway.upstream;

import dev.openaigateway.json.JsonByteWalker;
import dev.openaigateway.json.JsonText;
import dev.openaigateway.text.ChangedPiece;
import dev.openaigateway.text.UnicodeText;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The body of an error response, held in about 64 KB. Upstreams quote prompts in their messages, so a body can be as long as a request.
 * The long strings of such JSON are shortened while it is read: its code and type, which often come last, decide what follows.
 */
final class ErrorBytes {

    static final int MOST_HELD = 64 * 1024;
    static final int LONGEST_STRING = 16 * 1024;
    /** In bytes, of a body in UTF-16 or UTF-32. */
    private static final int MOST_DECODED = 1024 * 1024;
    private static final int MOST_READ = 16 * 1024 * 1024;
    private static final int DIGITS_OF_UNIT = 4;

    private final ByteArrayOutputStream held = new ByteArrayOutputStream(MOST_HELD);
    private final JsonByteWalker json = new JsonByteWalker();
    private int digits;
    /** The value of the latest escape; the second half of a character is not cut off the first. */
    private int unit;
    private int length;
    private boolean cut;
    private boolean complete;

    private ErrorBytes() {
    }

    /**
     * Reads to the end, so that the connection can be reused, unless the body is too long for that.
     *
     * @param contentType names the charset of a body that is not UTF-8; may be null
     */
    static ErrorBytes read(InputStream body, String contentType) throws IOException {
        ErrorBytes error = new ErrorBytes();
        byte[] beginning = body.readNBytes(MOST_HELD);
        if (UnicodeText.of(beginning, contentType) != beginning) {
            return decoded(ChangedPiece.joined(beginning, body.readNBytes(MOST_DECODED)), contentType);
        }
        error.complete = beginning.length < MOST_HELD;
        if (error.complete || !JsonText.mayBegin(beginning, beginning.length)) {
            error.held.writeBytes(beginning);
        } else {
            error.shorten(beginning, body);
        }
        return error;
    }

    private static ErrorBytes decoded(byte[] body, String contentType) throws IOException {
        ErrorBytes error = read(new ByteArrayInputStream(UnicodeText.of(body, contentType)), null);
        error.complete &= body.length < MOST_HELD + MOST_DECODED;
        return error;
    }

    /** The body in UTF-8, with long strings of JSON shortened; its beginning if it is too long all the same. */
    byte[] bytes() {
        return held.toByteArray();
    }

    /** Whether the body was read to its end. */
    boolean isComplete() {
        return complete;
    }

    private void shorten(byte[] beginning, InputStream rest) throws IOException {
        byte[] piece = beginning;
        int read = beginning.length;
        for (long all = 0; read >= 0 && all < MOST_READ && held.size() < MOST_HELD; read = rest.read(piece)) {
            for (int i = 0; i < read && held.size() < MOST_HELD; i++) {
                add(piece[i]);
            }
            all += read;
        }
        complete = read < 0;
    }

    private void add(byte next) {
        boolean escaped = json.isEscaping();
        boolean within = json.isInString();
        json.step(next);
        if (!within) {
            length = 0;
            held.write(next);
        } else if (json.isInString()) {
            addToString(next, escaped);
        } else {
            end();
        }
    }

    private void addToString(byte next, boolean escaped) {
        boolean begins = !escaped && digits == 0 && (next & 0xc0) != 0x80 && !Character.isHighSurrogate((char) unit);
        cut |= begins && length >= LONGEST_STRING;
        if (escaped) {
            digits = next == 'u' ? DIGITS_OF_UNIT : 0;
            unit = 0;
        } else if (digits > 0) {
            digits--;
            unit = unit << 4 | Character.digit(next, 16) & 0xf;
        } else if (next != '\\') {
            unit = 0;
        }
        length++;
        if (!cut) {
            held.write(next);
        }
    }

    private void end() {
        if (cut) {
            held.writeBytes(new byte[] {'.', '.', '.'});
        }
        held.write('"');
        cut = false;
        digits = 0;
        unit = 0;
    }
}
