package dev.openaigateway.upstream.connection;

import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpClientConnection;
import org.apache.hc.core5.http.io.ResponseOutOfOrderStrategy;

import java.io.IOException;
import java.net.SocketException;

/**
 * A connection whose upstream may respond before it has read the whole request, and close the connection, as with a status 413.
 * The rest of the request cannot be written then, and the response is read all the same.
 *
 * <p>Only on the first request of a connection is it certain that the response belongs to no other request. On a reused
 * connection the failure stands, and {@link UpstreamClient} sends the request again on a new one. Not thread-safe.
 */
abstract class EarlyResponseConnection extends DefaultBHttpClientConnection {

    private boolean cutShort;

    EarlyResponseConnection(Http1Config bounds, ResponseOutOfOrderStrategy whileWriting, ResponseParser parser) {
        super(bounds, null, null, null, null, whileWriting, null, parser);
    }

    /** Whether bytes of the upstream have arrived and are unread. Does not block. */
    abstract boolean hasUnread() throws IOException;

    final boolean isFirstRequest() {
        return getEndpointDetails().getRequestCount() <= 1;
    }

    @Override
    public void sendRequestEntity(ClassicHttpRequest request) throws HttpException, IOException {
        try {
            super.sendRequestEntity(request);
        } catch (SocketException e) {
            cutShort(e);
        }
    }

    @Override
    public void flush() throws IOException {
        try {
            if (!cutShort) {
                super.flush();
            }
        } catch (SocketException e) {
            cutShort(e);
        }
    }

    /** A connection on which a part of a request is missing is not reused. */
    @Override
    public boolean isConsistent() {
        return super.isConsistent() && !cutShort;
    }

    private void cutShort(SocketException failure) throws IOException {
        if (!isFirstRequest() || !hasUnread()) {
            throw failure;
        }
        cutShort = true;
    }
}
