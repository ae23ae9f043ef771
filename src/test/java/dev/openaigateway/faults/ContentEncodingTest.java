package dev.openaigateway.faults;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStream;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Requests and responses with a compressed body. That of a request may have 50 MB after decompression. */
class ContentEncodingTest extends TwoInstances {

    private static final String BODY = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello\"}]}";
    /** {@code {"model":"gpt-4o"}} in Brotli. */
    private static final byte[] BROTLI = HexFormat.of().parseHex("8b08807b226d6f64656c223a226770742d346f227d03");

    /** A stored block of deflate without content. */
    private static final byte[] EMPTY_BLOCK = {0, 0, 0, -1, -1};

    @FunctionalInterface
    private interface Coding {
        OutputStream on(OutputStream out) throws IOException;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "x-gzip", "GZIP", " gzip ", "deflate", "zstd", "identity", "", "gzip, identity"})
    void shouldReadACompressedBody(String encoding) throws IOException {
        byte[] body = switch (encoding.strip().toLowerCase()) {
            case "deflate" -> coded(BODY, DeflaterOutputStream::new);
            case "zstd" -> Zstd.compress(BODY.getBytes(StandardCharsets.UTF_8));
            case "identity", "" -> BODY.getBytes(StandardCharsets.UTF_8);
            default -> coded(BODY, GZIPOutputStream::new);
        };

        assertThat(post(body, encoding).status()).isEqualTo(200);
        assertThat(lastText()).isEqualTo(BODY);
        assertThat(first.requests().get(first.requests().size() - 1).header("content-encoding")).isNull();
    }

    @Test
    void shouldReadDeflateWithoutAHeader() throws IOException {
        assertThat(post(coded(BODY, out -> new DeflaterOutputStream(out, new Deflater(9, true))), "deflate").status()).isEqualTo(200);
        assertThat(lastText()).isEqualTo(BODY);
    }

    @Test
    void shouldReadBrotli() {
        assertThat(post(BROTLI, "br").status()).isEqualTo(200);
        assertThat(lastText()).isEqualTo("{\"model\":\"gpt-4o\"}");
    }

    @Test
    void shouldReadSeveralCodingsInTheirOrder() throws IOException {
        byte[] twice = coded(BODY, out -> new ZstdOutputStream(new GZIPOutputStream(out)));

        assertThat(post(twice, "zstd, gzip").status()).isEqualTo(200);
        assertThat(lastText()).isEqualTo(BODY);
        try (RawClient client = client().request("POST", CHAT, twice, "Content-Encoding: zstd", "Content-Encoding: gzip")) {
            assertThat(client.response().status()).as("in two lines").isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"compress", "lzma", "'gzip, snappy'", "'gzip, gzip, gzip', 'deflate, gzip, gzip'"})
    void shouldNameTheCodingsItKnows(String encoding) {
        RawResponse response = post(BODY.getBytes(StandardCharsets.UTF_8), encoding);

        assertThat(response.status()).isEqualTo(415);
        assertThat(response.header("accept-encoding")).isEqualTo("gzip, deflate, br, zstd");
        assertThat(response.text()).contains("\"code\":\"unsupported_content_encoding\"", "gzip, deflate, br, zstd");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void shouldRefuseABodyThatIsNotInItsCoding(String encoding) throws IOException {
        byte[] cut = switch (encoding) {
            case "gzip" -> coded(BODY, GZIPOutputStream::new);
            case "deflate" -> coded(BODY, DeflaterOutputStream::new);
            case "br" -> BROTLI;
            default -> Zstd.compress(BODY.getBytes(StandardCharsets.UTF_8));
        };

        for (byte[] broken : new byte[][] {BODY.getBytes(StandardCharsets.UTF_8), Arrays.copyOf(cut, cut.length - 7), {1}}) {
            RawResponse response = post(broken, encoding);
            assertThat(response.status()).isEqualTo(400);
            assertThat(response.text()).contains("Content-Encoding");
        }
        assertThat(requestsToFirst()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "zstd", "gzip, gzip"})
    void shouldRefuseABodyThatIsLargeOnlyAfterDecompression(String encoding) throws IOException {
        byte[] bomb = bomb(encoding.equals("zstd") ? ZstdOutputStream::new : GZIPOutputStream::new);
        byte[] sent = encoding.equals("gzip, gzip") ? coded(bomb, GZIPOutputStream::new) : bomb;
        assertThat(sent.length).isLessThan(1024 * 1024);

        RawResponse response = post(sent, encoding);

        assertThat(response.status()).isEqualTo(413);
        assertThat(response.text()).contains(encoding.equals("zstd") ? "expands too much" : "larger than 52428800 bytes");
        Eventually.holds("no memory is held", () -> gateway.metric("gateway_memory_held_bytes", ADMIN) == 0);
    }

    @Test
    void shouldReadARepetitiveBody() {
        String text = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + "hello world. ".repeat(600_000) + "\"}]}";

        assertThat(post(Zstd.compress(text.getBytes(StandardCharsets.UTF_8)), "zstd").status()).isEqualTo(200);
    }

    /** Small pieces that are valid and empty, so that a decoder works without a result; behind them the content. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
    void shouldRefuseABodyWithManyEmptyPieces(String encoding) throws IOException {
        byte[] piece = switch (encoding) {
            case "gzip" -> coded("", GZIPOutputStream::new);
            case "deflate" -> EMPTY_BLOCK;
            case "br" -> new byte[] {6};
            default -> Zstd.compress(new byte[0]);
        };
        byte[] whole = switch (encoding) {
            case "gzip" -> coded(BODY, GZIPOutputStream::new);
            case "deflate" -> coded(BODY, out -> new DeflaterOutputStream(out, new Deflater(9, true)));
            case "br" -> new byte[] {3};
            default -> Zstd.compress(BODY.getBytes(StandardCharsets.UTF_8));
        };
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(encoding.equals("br") ? new byte[] {12} : new byte[0]);
        body.writeBytes(repeated(piece, 1024 * 1024));
        body.writeBytes(whole);

        RawResponse response = post(body.toByteArray(), encoding);

        assertThat(response.status()).isEqualTo(413);
        assertThat(response.text()).contains("nearly empty frames");
    }

    /** Four times as much with each coding around it, which costs the sender nothing. */
    @Test
    void shouldRefuseACodingThatExpandsWhatTheNextOneReads() throws IOException {
        byte[] twice = coded(repeated(EMPTY_BLOCK, 20 * 1024 * 1024), GZIPOutputStream::new);
        assertThat(twice.length).isLessThan(64 * 1024);

        assertThat(post(twice, "deflate, gzip").status()).isEqualTo(413);
        assertThat(requestsToFirst()).isZero();
    }

    @Test
    void shouldReadAFewEmptyPieces() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(repeated(coded("", GZIPOutputStream::new), 2_000));
        body.writeBytes(coded(BODY, GZIPOutputStream::new));

        assertThat(post(body.toByteArray(), "gzip").status()).isEqualTo(200);
        assertThat(lastText()).isEqualTo(BODY);
    }

    @Test
    void shouldReadABodyThatIsFlushedByteForByte() throws IOException {
        String body = BODY.replace("Hello", "Hello ".repeat(20_000));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out, true)) {
            for (byte each : body.getBytes(StandardCharsets.UTF_8)) {
                zip.write(each);
                zip.flush();
            }
        }

        assertThat(post(out.toByteArray(), "gzip").status()).isEqualTo(200);
        assertThat(lastText()).isEqualTo(body);
    }

    @Test
    void shouldCallTheNextInstanceWhenACompressedResponseHasNoContent() throws IOException {
        byte[] members = repeated(coded("", GZIPOutputStream::new), 1024 * 1024);
        first.enqueue(Reply.body(200, "application/json", members).header("Content-Encoding", "gzip"));

        assertThat(instance(chat())).isEqualTo("second");
    }

    @Test
    void shouldReadACompressedBodyOfAnAdministrator() throws IOException {
        try (RawClient client = client().request("POST", "/config/validate", coded("instances: []", GZIPOutputStream::new),
                "Content-Type: text/yaml", "Content-Encoding: gzip", "X-Admin-Token: secret-token")) {
            assertThat(client.response().text()).contains("must not become empty");
        }
    }

    @Test
    void shouldServeABodyOf49Megabytes() {
        String large = "{\"model\":\"gpt-4o\",\"x\":\"" + "x".repeat(49 * 1024 * 1024) + "\"}";

        assertThat(post(large.getBytes(StandardCharsets.UTF_8), "identity").status()).isEqualTo(200);
        assertThat(lastText()).hasSameSizeAs(large);
    }

    /** 60 MB of blanks. */
    private static byte[] bomb(Coding coding) throws IOException {
        return coded(" ".repeat(60 * 1024 * 1024), coding);
    }

    private static byte[] repeated(byte[] piece, int length) {
        byte[] all = new byte[length / piece.length * piece.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = piece[i % piece.length];
        }
        return all;
    }

    private static byte[] coded(String text, Coding coding) throws IOException {
        return coded(text.getBytes(StandardCharsets.UTF_8), coding);
    }

    private static byte[] coded(byte[] bytes, Coding coding) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream coded = coding.on(out)) {
            coded.write(bytes);
        }
        return out.toByteArray();
    }

    private RawResponse post(byte[] body, String encoding) {
        try (RawClient client = client().request("POST", CHAT, body, "Content-Encoding: " + encoding)) {
            return client.response();
        }
    }

    private String lastText() {
        return first.requests().get(first.requests().size() - 1).text();
    }
}
