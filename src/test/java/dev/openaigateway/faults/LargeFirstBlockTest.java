package dev.openaigateway.faults;

import com.github.luben.zstd.ZstdOutputStream;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Compressed requests of which a decoder has to read much before it can give the first byte: images, long conversations. */
class LargeFirstBlockTest extends TwoInstances {

    private static final int MB = 1024 * 1024;

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd", "gzip, br", "gzip, zstd", "zstd, gzip", "br, zstd"})
    void shouldReadAnImage(String encoding) throws IOException {
        byte[] image = new byte[3 * MB];
        new Random(1).nextBytes(image);

        assertIsRead(Base64.getEncoder().encodeToString(image), encoding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void shouldReadALongConversation(String encoding) throws IOException {
        StringBuilder text = new StringBuilder();
        Random random = new Random(1);
        while (text.length() < 200 * 1024) {
            text.append(Integer.toString(random.nextInt(20_000), 36)).append(random.nextInt(12) == 0 ? ". " : " ");
        }

        assertIsRead(text.toString(), encoding);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd"})
    void shouldReadAConversationThatIsFlushedByteForByte(String encoding) throws IOException {
        byte[] body = body("Hello ".repeat(30_000));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream coded = encoding.equals("gzip") ? new GZIPOutputStream(out, true) : new ZstdOutputStream(out)) {
            for (byte each : body) {
                coded.write(each);
                coded.flush();
            }
        }

        assertThat(post(out.toByteArray(), encoding).status()).isEqualTo(200);
    }

    /** It has empty blocks only, and more of them than the largest window of Brotli has bytes. */
    @Test
    void shouldRefuseBrotliWithoutContent() {
        byte[] body = new byte[40 * MB];
        Arrays.fill(body, (byte) 6);
        body[0] = 12;

        RawResponse response = post(body, "br");

        assertThat(response.status()).isEqualTo(413);
        assertThat(response.text()).contains("nearly empty frames");
    }

    private void assertIsRead(String text, String encoding) throws IOException {
        byte[] body = body(text);
        byte[] coded = body;
        for (String each : encoding.split(", ")) {
            coded = coded(coded, each);
        }

        assertThat(post(coded, encoding).status()).isEqualTo(200);
        assertThat(first.requests().get(first.requests().size() - 1).text()).isEqualTo(new String(body, StandardCharsets.UTF_8));
    }

    private static byte[] body(String text) {
        return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}".formatted(text).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] coded(byte[] bytes, String encoding) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream coded = switch (encoding) {
            case "gzip" -> new GZIPOutputStream(out);
            case "deflate" -> new DeflaterOutputStream(out);
            case "br" -> new StoredBrotli(out);
            default -> new ZstdOutputStream(out, 3);
        }) {
            coded.write(bytes);
        }
        return out.toByteArray();
    }

    private RawResponse post(byte[] body, String encoding) {
        try (RawClient client = client().request("POST", CHAT, body, "Content-Encoding: " + encoding)) {
            return client.response();
        }
    }

    /** Brotli with a window of 4 MB, in blocks that are not compressed: there is no encoder of it for Java. */
    private static final class StoredBrotli extends OutputStream {

        private static final int LARGEST = 64 * 1024;

        private final OutputStream out;
        private boolean isBegun;

        StoredBrotli(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (int at = 0; at < length; at += LARGEST) {
                int size = Math.min(LARGEST, length - at);
                // Not the last block, length in 16 bits, stored. The first block follows the 4 bits of the window.
                int head = (size - 1) << 3 | 1 << 19;
                head = isBegun ? head : head << 4 | 0b1011;
                for (int shift = 0; shift < (isBegun ? 20 : 24); shift += 8) {
                    out.write(head >> shift);
                }
                out.write(bytes, offset + at, size);
                isBegun = true;
            }
        }

        @Override
        public void close() throws IOException {
            // The last block, and empty.
            out.write(3);
            out.close();
        }
    }
}
