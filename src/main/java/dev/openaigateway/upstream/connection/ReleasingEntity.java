package dev.openaigateway.upstream.connection;

import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.io.EofSensorInputStream;
import org.apache.hc.core5.http.io.EofSensorWatcher;
import org.apache.hc.core5.http.io.entity.AbstractHttpEntity;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A response body that releases its connection when it has been read to the end, and discards it after a failure.
 * It replaces that of {@code ProtocolExec}, see {@link UpstreamClient}.
 */
final class ReleasingEntity extends HttpEntityWrapper implements EofSensorWatcher {

    private final ExecRuntime connection;

    private ReleasingEntity(HttpEntity body, ExecRuntime connection) {
        super(body);
        this.connection = connection;
    }

    static void wrap(ClassicHttpResponse response, ExecRuntime connection) {
        HttpEntity body = response.getEntity();
        if (body != null && body.isStreaming()) {
            response.setEntity(new ReleasingEntity(body, connection));
        }
    }

    @Override
    public InputStream getContent() throws IOException {
        return new EofSensorInputStream(super.getContent(), this);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        AbstractHttpEntity.writeTo(this, out);
    }

    /** Closing the body reads the trailers, if any. */
    @Override
    public boolean eofDetected(InputStream body) throws IOException {
        finish(body);
        return false;
    }

    /** Reads the rest of the body, unless the call was cancelled. */
    @Override
    public boolean streamClosed(InputStream body) throws IOException {
        boolean running = connection.isEndpointAcquired();
        try {
            finish(body);
        } catch (IOException e) {
            if (running) {
                throw e;
            }
        }
        return false;
    }

    @Override
    public boolean streamAbort(InputStream body) {
        connection.discardEndpoint();
        return false;
    }

    @Override
    public void close() throws IOException {
        finish(getContent());
    }

    private void finish(InputStream body) throws IOException {
        try {
            body.close();
            connection.releaseEndpoint();
        } finally {
            connection.discardEndpoint();
        }
    }
}
