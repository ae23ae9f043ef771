package dev.openaigateway.upstream.connection;

import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.HttpMessageParserFactory;
import org.apache.hc.core5.http.io.SessionInputBuffer;

import java.io.IOException;
import java.io.InputStream;

/**
 * Parses the responses of one connection. Keeps a reference to the connection's input buffer, which httpcore exposes
 * nowhere else. Not thread-safe.
 */
final class ResponseParser implements HttpMessageParser<ClassicHttpResponse>, HttpMessageParserFactory<ClassicHttpResponse> {

    private final HttpMessageParser<ClassicHttpResponse> parser;
    private final int longestLine;
    private SessionInputBuffer input;

    /** @param bounds those of the head of a response */
    ResponseParser(Http1Config bounds) {
        longestLine = bounds.getMaxLineLength();
        parser = new DefaultHttpResponseParser(bounds);
    }

    @Override
    public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream socket) throws IOException, HttpException {
        input = buffer;
        return parser.parse(new StrictHead(buffer, longestLine), socket);
    }

    /** Returns whether the input buffer holds bytes beyond the responses parsed so far. */
    boolean hasUnread() {
        return input != null && input.length() > 0;
    }

    @Override
    @SuppressWarnings("deprecation")
    public HttpMessageParser<ClassicHttpResponse> create(Http1Config ignored) {
        return this;
    }
}
