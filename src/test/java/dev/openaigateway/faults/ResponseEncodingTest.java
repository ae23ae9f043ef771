package dev.openaigateway.faults;

import com.github.luben.zstd.Zstd;
import dev.openaigateway.support.HttpReply;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** The gateway asks for no content coding, but an upstream, or a proxy before it, may compress all the same. */
class ResponseEncodingTest extends TwoInstances {

    @FunctionalInterface
    private interface Coding {
        OutputStream on(OutputStream out) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "DEFLATE", "raw deflate", "br", "zstd", "deflate, gzip", "identity, zstd", "identity", "gzip;q=1.0"})
    void shouldReadACompressedResponse(String encoding) throws IOException {
        String whole = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}";
        String stream = event("a") + lastEvent();
        first.enqueue(coded(200, "application/json", encoding, whole),
                coded(400, "application/json", encoding, "{\"error\":{\"message\":\"no such parameter\",\"code\":\"x\"}}"),
                coded(200, "text/event-stream", encoding, stream));

        HttpResponse<String> response = chat();

        assertThat(response.body()).isEqualTo(whole);
        assertThat(response.headers().firstValue("content-encoding")).isEmpty();
        assertThat(chat().body()).contains("no such parameter");
        assertThat(text(events())).isEqualTo(stream);
    }

    @ParameterizedTest
    @ValueSource(strings = {"deflate", "br", "zstd"})
    void shouldCallTheNextInstanceWhenAResponseIsNotInItsCoding(String encoding) {
        first.enqueue(Reply.chat("plain").header("Content-Encoding", encoding));

        assertThat(instance(chat())).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compress", "gzip, snappy", "gzip, gzip, gzip"})
    void shouldCallTheNextInstanceWhenTheCodingIsUnknown(String encoding) throws IOException {
        first.enqueue(Reply.body(200, "application/json", zipped("{\"choices\":[]}")).header("Content-Encoding", encoding));

        assertThat(instance(chat())).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(strings = {"compress", "brotli", "zlib", "x-zstd"})
    void shouldPassOnNoSoundOfAnUnknownCoding(String encoding) throws IOException {
        first.enqueue(Reply.body(200, "audio/mpeg", zipped("sound")).header("Content-Encoding", encoding));
        second.enqueue(Reply.body(200, "audio/mpeg", "sound".getBytes(StandardCharsets.UTF_8)));

        assertThat(gateway.post("/v1/audio/speech", "{\"model\":\"tts-1\",\"input\":\"Hi\"}").body()).isEqualTo("sound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "UTF-8", "none", "binary", "aws-chunked", "gzip, utf-8"})
    void shouldReadWhatHasALabelThatIsNoCompression(String label) throws IOException {
        String whole = "{\"choices\":[{\"index\":0,\"message\":{\"content\":\"x\"},\"finish_reason\":\"stop\"}]}";
        String stream = event("a") + lastEvent();
        first.enqueue(coded(200, "application/json", label, whole), coded(200, "text/event-stream", label, stream));

        HttpResponse<String> response = chat();

        assertThat(response.body()).isEqualTo(whole);
        assertThat(response.headers().firstValue("content-encoding")).isEmpty();
        assertThat(text(events())).isEqualTo(stream);
        assertThat(requestsToSecond()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0-%d/%d, true", "0-%d/1000, false", "0-%d/*, false"})
    void shouldReadACompressedRangeOfAllBytes(String range, boolean whole) throws IOException {
        byte[] zipped = zipped("sound");
        first.enqueue(Reply.body(206, "audio/mpeg", zipped).header("Content-Encoding", "gzip")
                .header("Content-Range", "bytes " + range.formatted(zipped.length - 1, zipped.length)));

        HttpResponse<String> response = gateway.post("/v1/audio/speech", "{\"model\":\"tts-1\",\"input\":\"Hi\"}");
        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.body().equals("sound")).isEqualTo(whole);
    }

    private static HttpReply coded(int status, String type, String encoding, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] coded = switch (encoding) {
            case "gzip", "x-gzip", "gzip, utf-8", "gzip;q=1.0" -> zipped(text);
            case "DEFLATE" -> coded(bytes, DeflaterOutputStream::new);
            case "raw deflate" -> coded(bytes, out -> new DeflaterOutputStream(out, new Deflater(9, true)));
            case "deflate, gzip" -> zipped(coded(bytes, DeflaterOutputStream::new));
            case "br" -> brotli(bytes);
            case "zstd", "identity, zstd" -> Zstd.compress(bytes);
            default -> bytes;
        };
        return Reply.body(status, type, coded).header("Content-Encoding", encoding.replace("raw ", ""));
    }

    private static byte[] zipped(String text) throws IOException {
        return zipped(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zipped(byte[] bytes) throws IOException {
        return coded(bytes, GZIPOutputStream::new);
    }

    private static byte[] coded(byte[] bytes, Coding coding) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream coded = coding.on(out)) {
            coded.write(bytes);
        }
        return out.toByteArray();
    }

    /** One block that is stored as it is, and an empty last one. */
    private static byte[] brotli(byte[] bytes) {
        int length = bytes.length - 1;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(0x0b | (length & 1) << 7);
        out.write(length >> 1);
        out.write(0x80 | length >> 9);
        out.writeBytes(bytes);
        out.write(3);
        return out.toByteArray();
    }
}
