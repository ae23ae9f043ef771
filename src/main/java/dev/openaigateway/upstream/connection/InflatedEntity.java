package dev.openaigateway.upstream.connection;

import dev.openaigateway.coding.BoundedDecoder;
import dev.openaigateway.coding.ContentCoding;
import dev.openaigateway.coding.Expansion;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.guard.ForeignCodeException;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The content of a response that an upstream, or a proxy before it, has compressed although the gateway does not ask for it. Camel would
 * decode gzip too, but no other coding, and without a bound for bytes that give no content. Events in Brotli are read in pieces of some KB.
 */
public final class InflatedEntity extends HttpEntityWrapper {

    /** No valid response is longer. */
    static final long LONGEST = 64L * 1024 * 1024;
    /** More than one coding comes from a proxy that compresses again. */
    private static final int MOST_CODINGS = 2;
    /** Compressions and the like for which there is no decoder. Any other name is a label, such as {@code utf-8}, that changes no bytes. */
    private static final Set<String> UNREADABLE = Set.of("compress", "x-compress", "dcb", "dcz", "exi", "pack200-gzip", "aes128gcm",
            "snappy", "x-snappy", "lz4", "lzma", "xz", "bzip2", "x-bzip2", "brotli", "x-br", "zlib", "x-deflate", "x-zstd", "sdch");
    private static final Pattern RANGE = Pattern.compile("bytes 0-(\\d{1,18})/(\\d{1,18})");

    private final List<ContentCoding> codings;

    private InflatedEntity(HttpEntity compressed, List<ContentCoding> codings) {
        super(compressed);
        this.codings = codings;
    }

    /**
     * Replaces the body of a compressed response by its content. An error stays as it is if its coding is unknown, since its status can be read.
     * A part of compressed content stays as it is too: a decoder needs all that is before it. A range that is the whole content is no part.
     *
     * @throws ProtocolException if that of another response is unknown: no client could read what would be passed on
     */
    public static void replaceIn(ClassicHttpResponse response) throws IOException, ProtocolException {
        HttpEntity entity = response.getEntity();
        if (!response.containsHeader(HttpHeaders.CONTENT_ENCODING) || entity == null) {
            return;
        }
        List<String> names = names(response.getHeaders(HttpHeaders.CONTENT_ENCODING));
        List<ContentCoding> codings = names.stream().flatMap(name -> ContentCoding.named(name).stream()).toList();
        if (response.getCode() == HttpStatus.SC_PARTIAL_CONTENT && !isWhole(response.getFirstHeader(HttpHeaders.CONTENT_RANGE)) || entity.getContentLength() == 0) {
            // Camel would decode what the header names.
            response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
        } else if (codings.size() <= MOST_CODINGS && names.stream().noneMatch(UNREADABLE::contains)) {
            response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
            response.setEntity(codings.isEmpty() ? entity : new InflatedEntity(entity, codings));
        } else if (response.getCode() < HttpStatus.SC_BAD_REQUEST) {
            response.close();
            throw new ProtocolException("an unknown Content-Encoding");
        }
    }

    private static List<String> names(Header[] lines) {
        String all = Arrays.stream(lines).map(Header::getValue).collect(Collectors.joining(","));
        return Arrays.stream(all.toLowerCase(Locale.ROOT).split(",")).map(name -> name.replaceFirst(";.*", "").strip()).toList();
    }

    private static boolean isWhole(Header range) {
        Matcher bytes = RANGE.matcher(range == null ? "" : range.getValue().strip());
        return bytes.matches() && Long.parseLong(bytes.group(1)) + 1 == Long.parseLong(bytes.group(2));
    }

    @Override
    public InputStream getContent() throws IOException {
        PushbackInputStream encoded = new PushbackInputStream(super.getContent(), 1);
        int begin = encoded.read();
        if (begin < 0) {
            // No content at all, such as the answer to a deletion, is not in any coding.
            return encoded;
        }
        encoded.unread(begin);
        try {
            return ForeignCode.call(() -> BoundedDecoder.of(codings, encoded, new Expansion(LONGEST, 0, LONGEST), Expansion.ofCompressed(LONGEST),
                    () -> { }));
        } catch (ForeignCodeException e) {
            // The library for zstd has native code, which not every system runs.
            throw new IOException("There is no decoder for " + codings, e);
        }
    }
}
