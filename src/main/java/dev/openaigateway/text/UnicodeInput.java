package dev.openaigateway.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A text in UTF-16 or UTF-32 of any length, as UTF-8 while it is read. Not thread-safe. */
public final class UnicodeInput extends PieceInput {

    private final Reader text;
    private final char[] read = new char[8 * 1024];
    /** In characters: 1 if the first half of one that needs two was read last, else 0. */
    private int held;
    private boolean begun;

    private UnicodeInput(Reader text) {
        this.text = text;
    }

    /**
     * JSON in UTF-8.
     *
     * @param beginning what was read of it
     * @return null if its first bytes show neither UTF-16 nor UTF-32 to a parser
     */
    public static InputStream ofJson(byte[] beginning, InputStream rest) {
        String charset = UnicodeText.charset(beginning);
        return charset == null ? null
                : new UnicodeInput(new InputStreamReader(new SequenceInputStream(new ByteArrayInputStream(beginning), rest), Charset.forName(charset)));
    }

    @Override
    byte[] next() throws IOException {
        int length = text.read(read, held, read.length - held);
        if (length < 0 && held == 0) {
            return null;
        }
        int all = held + Math.max(0, length);
        held = length > 0 && Character.isHighSurrogate(read[all - 1]) ? 1 : 0;
        int first = begun || read[0] != UnicodeText.MARK.charAt(0) ? 0 : 1;
        begun = true;
        byte[] piece = new String(read, first, all - held - first).getBytes(StandardCharsets.UTF_8);
        read[0] = read[all - 1];
        return piece;
    }
}
