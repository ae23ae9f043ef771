package dev.openaigateway.upstream.connection;

import dev.openaigateway.coding.BoundedDecoder;
import dev.openaigateway.coding.ContentCoding;
import dev.openaigateway.coding.Expansion;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a response that an upstream has compressed with gzip, although the gateway does not ask for it. Camel would
 * decode it too, but without a bound for bytes that give no content.
 */
public final class InflatedEntity extends HttpEntityWrapper {

    /** No valid response is longer. */
    static final long LONGEST = 64L * 1024 * 1024;

    private InflatedEntity(HttpEntity compressed) {
        super(compressed);
    }

    /** Replaces the body of a compressed response by its content. */
    public static void replaceIn(ClassicHttpResponse response) {
        Header coding = response.getFirstHeader(HttpHeaders.CONTENT_ENCODING);
        if (coding != null && coding.getValue().equalsIgnoreCase("gzip") && response.getEntity() != null) {
            response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
            response.setEntity(new InflatedEntity(response.getEntity()));
        }
    }

    @Override
    public InputStream getContent() throws IOException {
        return BoundedDecoder.of(ContentCoding.GZIP, super.getContent(), new Expansion(LONGEST, 0, LONGEST), () -> { });
    }
}
