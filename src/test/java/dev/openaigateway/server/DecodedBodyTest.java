package dev.openaigateway.server;

import dev.openaigateway.call.ClientGoneException;
import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.coding.ContentCoding;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DecodedBodyTest {

    private static final int MB = 1024 * 1024;

    @Test
    void shouldEndWithTheClient() throws IOException {
        byte[] large = zipped(random(8 * MB));
        AtomicInteger asked = new AtomicInteger();

        assertThatThrownBy(() -> DecodedBody.of(large, List.of(ContentCoding.GZIP), new MemoryBudget(() -> 100L * MB, null).lease(), 50 * MB,
                () -> asked.incrementAndGet() > 10)).isInstanceOf(ClientGoneException.class);
        assertThat(asked).hasValue(11);
    }

    @Test
    void shouldReadWhatDoesNotCompress() throws IOException {
        byte[] content = random(3 * MB);

        assertThat(DecodedBody.of(zipped(zipped(content)), List.of(ContentCoding.GZIP, ContentCoding.GZIP), new MemoryBudget(() -> 100L * MB, null).lease(),
                50 * MB, () -> false)).isEqualTo(content);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }
}
