package dev.openaigateway.upstream.connection;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import static org.assertj.core.api.Assertions.assertThat;

class JoinedOutputTest {

    private static final int KB = 1024;

    private final byte[] bytes = new byte[200 * KB];
    private final List<byte[]> written = new ArrayList<>();
    private int flushed;
    private final JoinedOutput output = new JoinedOutput(new OutputStream() {
        @Override
        public void write(int single) {
            throw new IllegalStateException("bytes must be written together");
        }

        @Override
        public void write(byte[] piece, int offset, int length) {
            written.add(Arrays.copyOfRange(piece, offset, offset + length));
        }

        @Override
        public void flush() {
            flushed++;
        }
    });

    JoinedOutputTest() {
        new Random(1).nextBytes(bytes);
    }

    @Test
    void shouldWriteAHeadAndItsBodyTogether() throws IOException {
        send(400, 40 * KB);

        assertThat(written).hasSize(1);
        assertThat(flushed).isEqualTo(1);
        assertThat(writtenBytes()).isEqualTo(Arrays.copyOf(bytes, 400 + 40 * KB));
    }

    @Test
    void shouldWriteTheRestOfALargeBodyWithoutACopy() throws IOException {
        send(400, 150 * KB);

        assertThat(written).extracting(piece -> piece.length).containsExactly(64 * KB, 400 + 86 * KB);
        assertThat(writtenBytes()).isEqualTo(Arrays.copyOf(bytes, 400 + 150 * KB));
    }

    @Test
    void shouldWriteASmallRequestAtItsEnd() throws IOException {
        send(400);
        send(500);

        assertThat(written).extracting(piece -> piece.length).containsExactly(400, 500);
    }

    @Test
    void shouldKeepTheOrderOfPiecesOfAnySize() throws IOException {
        send(1, 8 * KB, 1, 9 * KB, 70 * KB, 3, 3, 3);
        output.write(7);
        output.flush();

        assertThat(writtenBytes()).startsWith(Arrays.copyOf(bytes, 1 + 8 * KB + 1 + 9 * KB + 70 * KB + 9)).endsWith(7);
    }

    /** The buffer of httpcore is used again after a write. */
    @Test
    void shouldNotReadAPieceAfterItsWrite() throws IOException {
        byte[] buffer = {1, 2, 3};
        output.write(buffer, 0, 3);
        Arrays.fill(buffer, (byte) 9);
        output.flush();

        assertThat(writtenBytes()).containsExactly(1, 2, 3);
    }

    private void send(int... lengths) throws IOException {
        int at = 0;
        for (int length : lengths) {
            output.write(bytes, at, length);
            at += length;
        }
        output.flush();
    }

    private byte[] writtenBytes() {
        byte[] all = new byte[written.stream().mapToInt(piece -> piece.length).sum()];
        int at = 0;
        for (byte[] piece : written) {
            System.arraycopy(piece, 0, all, at, piece.length);
            at += piece.length;
        }
        return all;
    }
}
