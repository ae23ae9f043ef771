package dev.openaigateway.coding;

import com.github.luben.zstd.ZstdInputStream;
import org.brotli.dec.BrotliInputStream;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** The content codings that the gateway can decode. */
public enum ContentCoding {

    GZIP(ContentCoding.SMALL) {
        @Override
        InputStream decode(InputStream in) throws IOException {
            return new GZIPInputStream(in);
        }
    },
    /** In zlib's format, as the standard says, or without its header, as some clients send it. */
    DEFLATE(ContentCoding.SMALL) {
        @Override
        InputStream decode(InputStream in) throws IOException {
            PushbackInputStream pushback = new PushbackInputStream(in, 2);
            byte[] head = pushback.readNBytes(2);
            pushback.unread(head);
            boolean hasHeader = head.length == 2 && (head[0] & 0x0f) == 8 && ((head[0] & 0xff) << 8 | head[1] & 0xff) % 31 == 0;
            Inflater inflater = new Inflater(!hasHeader);
            return new InflaterInputStream(pushback, inflater) {

                /** The stream does not release an inflater that it was given, whose native memory the heap does not bound. */
                @Override
                public void close() throws IOException {
                    super.close();
                    inflater.end();
                }
            };
        }
    },
    /** Gives nothing before its window, which may have 16 MB, is full. */
    BR(16 * 1024 * 1024 + ContentCoding.SMALL) {
        @Override
        InputStream decode(InputStream in) throws IOException {
            return new BrotliInputStream(in);
        }
    },
    /** Gives nothing before a block is whole. A block has at most 128 KB. */
    ZSTD(128 * 1024 + ContentCoding.SMALL) {
        @Override
        InputStream decode(InputStream in) throws IOException {
            return new ZstdInputStream(in).setLongMax(LARGEST_WINDOW);
        }
    };

    /** For the header {@code Accept-Encoding}. */
    public static final String NAMES = "gzip, deflate, br, zstd";
    /** The logarithm of the bytes that RFC 9659 allows a decoder of zstd to need. */
    private static final int LARGEST_WINDOW = 23;
    /** For headers and a few empty pieces. Also bounds how deep {@code GZIPInputStream} calls itself for empty members. */
    private static final int SMALL = 32 * 1024;

    private final int readAhead;

    ContentCoding(int readAhead) {
        this.readAhead = readAhead;
    }

    /** The bytes that a decoder may have to read before it can give the first byte of content. */
    int readAhead() {
        return readAhead;
    }

    /** The coding of this name, in any case; empty for any other name. */
    public static Optional<ContentCoding> named(String name) {
        return Optional.ofNullable(switch (name.strip().toLowerCase(Locale.ROOT)) {
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            case "br" -> BR;
            case "zstd" -> ZSTD;
            default -> null;
        });
    }

    /** Whether the name stands for content as it is. */
    public static boolean isNone(String name) {
        return name.isBlank() || name.strip().equalsIgnoreCase("identity");
    }

    abstract InputStream decode(InputStream in) throws IOException;
}
