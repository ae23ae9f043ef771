package dev.openaigateway.upstream;

import dev.openaigateway.json.JsonByteWalker;
import dev.openaigateway.json.JsonText;
import dev.openaigateway.text.ChangedPiece;
import dev.openaigateway.text.MaskedBeginning;
import dev.openaigateway.text.UnicodeText;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.UnaryOperator;

/**
 * The body of an error response, held in about 64 KB. Upstreams quote prompts in their messages, so a body can be as long as a request.
 * The long strings of such JSON are shortened while it is read: its code and type, which often come last, decide what follows.
 * What is cut is masked before, and only where no secret can cross the place.
 */
final class ErrorBytes {

    static final int MOST_HELD = 64 * 1024;
    static final int LONGEST_STRING = 16 * 1024;
    private static final int OVERLAP = MaskedBeginning.OVERLAP;
    private static final int MOST_BEFORE_CUT = MOST_HELD + OVERLAP;
    /** In bytes, of a body in UTF-16 or UTF-32. */
    private static final int MOST_DECODED = 1024 * 1024;
    private static final int MOST_READ = 16 * 1024 * 1024;

    private final UnaryOperator<byte[]> mask;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream(MOST_HELD);
    private final ByteArrayOutputStream string = new ByteArrayOutputStream(0);
    private final JsonByteWalker json = new JsonByteWalker();
    private int length;
    private boolean complete;

    private ErrorBytes(UnaryOperator<byte[]> mask) {
        this.mask = mask;
    }

    /**
     * Reads to the end, so that the connection can be reused, unless the body is too long for that.
     *
     * @param contentType names the charset of a body that is not UTF-8; may be null
     * @param mask        masks secrets in what is cut
     */
    static ErrorBytes read(InputStream body, String contentType, UnaryOperator<byte[]> mask) throws IOException {
        ErrorBytes error = new ErrorBytes(mask);
        byte[] beginning = body.readNBytes(MOST_HELD);
        if (UnicodeText.of(beginning, contentType) != beginning) {
            return decoded(ChangedPiece.joined(beginning, body.readNBytes(MOST_DECODED)), contentType, mask);
        }
        if (beginning.length < MOST_HELD) {
            error.held.writeBytes(beginning);
            error.complete = true;
        } else if (JsonText.mayBegin(beginning, beginning.length)) {
            error.shorten(beginning, body);
        } else {
            error.held.writeBytes(beginning);
            error.held.writeBytes(body.readNBytes(OVERLAP));
            error.complete = error.held.size() < MOST_BEFORE_CUT;
        }
        return error;
    }

    private static ErrorBytes decoded(byte[] body, String contentType, UnaryOperator<byte[]> mask) throws IOException {
        ErrorBytes error = read(new ByteArrayInputStream(UnicodeText.of(body, contentType)), null, mask);
        error.complete &= body.length < MOST_HELD + MOST_DECODED;
        return error;
    }

    /** The body in UTF-8, with long strings of JSON shortened; its beginning, masked, if it is too long all the same. */
    byte[] bytes() {
        byte[] all = held.toByteArray();
        if (complete || all.length < MOST_BEFORE_CUT) {
            return all;
        }
        return MaskedBeginning.of(mask.apply(all), MOST_HELD);
    }

    /** Whether the body was read to its end. */
    boolean isComplete() {
        return complete;
    }

    private void shorten(byte[] beginning, InputStream rest) throws IOException {
        byte[] piece = beginning;
        int read = beginning.length;
        for (long all = 0; read >= 0 && all < MOST_READ && held.size() < MOST_BEFORE_CUT; read = rest.read(piece)) {
            for (int i = 0; i < read && held.size() < MOST_BEFORE_CUT; i++) {
                add(piece[i]);
            }
            all += read;
        }
        complete = read < 0;
        held.writeBytes(beginningOfString());
    }

    private void add(byte next) {
        boolean within = json.isInString();
        json.step(next);
        if (within && json.isInString()) {
            length++;
            if (length <= LONGEST_STRING + OVERLAP) {
                string.write(next);
            }
            return;
        }
        if (within) {
            end();
        }
        held.write(next);
    }

    private void end() {
        boolean cut = length > LONGEST_STRING;
        held.writeBytes(cut ? beginningOfString() : string.toByteArray());
        if (cut) {
            held.writeBytes(new byte[] {'.', '.', '.'});
        }
        string.reset();
        length = 0;
    }

    /** The string at hand masked, without what may be the beginning of a secret. */
    private byte[] beginningOfString() {
        byte[] shown = mask.apply(string.toByteArray());
        boolean whole = !json.isInString() && length <= LONGEST_STRING + OVERLAP;
        return JsonStringBeginning.of(shown, Math.min(LONGEST_STRING, whole ? shown.length : shown.length - OVERLAP));
    }
}
