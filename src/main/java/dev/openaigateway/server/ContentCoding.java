package dev.openaigateway.server;

import com.github.luben.zstd.ZstdInputStream;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;
import org.brotli.dec.BrotliInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** The values of {@code Content-Encoding} that request bodies may have. */
enum ContentCoding {

    GZIP {
        @Override
        InputStream decode(InputStream in) throws IOException {
            return new GZIPInputStream(in);
        }
    },
    /** In zlib's format, as the standard says, or without its header, as some clients send it. */
    DEFLATE {
        @Override
        InputStream decode(InputStream in) throws IOException {
            PushbackInputStream pushback = new PushbackInputStream(in, 2);
            byte[] head = pushback.readNBytes(2);
            pushback.unread(head);
            boolean hasHeader = head.length == 2 && (head[0] & 0x0f) == 8 && ((head[0] & 0xff) << 8 | head[1] & 0xff) % 31 == 0;
            return new InflaterInputStream(pushback, new Inflater(!hasHeader));
        }
    },
    BR {
        @Override
        InputStream decode(InputStream in) throws IOException {
            return new BrotliInputStream(in);
        }
    },
    ZSTD {
        @Override
        InputStream decode(InputStream in) throws IOException {
            return new ZstdInputStream(in).setLongMax(LARGEST_WINDOW);
        }
    };

    /** For the header {@code Accept-Encoding}. */
    static final String NAMES = "gzip, deflate, br, zstd";
    /** The logarithm of the bytes that RFC 9659 allows a decoder of zstd to need. */
    private static final int LARGEST_WINDOW = 23;
    private static final int LARGEST_NUMBER = 4;

    abstract InputStream decode(InputStream in) throws IOException;

    /**
     * The codings in the order in which they were applied; without {@code identity}.
     *
     * @param values of the request's {@code Content-Encoding} lines
     * @throws ApiException 415 if one is unknown, or if there are too many
     */
    static List<ContentCoding> of(List<String> values) {
        List<ContentCoding> codings = new ArrayList<>(1);
        for (String name : String.join(",", values).split(",")) {
            switch (name.strip().toLowerCase(Locale.ROOT)) {
                case "", "identity" -> { }
                case "gzip", "x-gzip" -> codings.add(GZIP);
                case "deflate" -> codings.add(DEFLATE);
                case "br" -> codings.add(BR);
                case "zstd" -> codings.add(ZSTD);
                default -> throw Errors.unsupportedEncoding(NAMES).exception();
            }
        }
        if (codings.size() > LARGEST_NUMBER) {
            throw Errors.unsupportedEncoding("at most " + LARGEST_NUMBER + " of " + NAMES).exception();
        }
        return codings;
    }
}
