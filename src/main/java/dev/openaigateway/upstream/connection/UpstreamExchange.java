package dev.openaigateway.upstream.connection;

import dev.openaigateway.call.UpstreamActivity;
import org.apache.hc.client5.http.classic.methods.HttpUriRequest;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.Timeout;

import java.io.IOException;

/** One request to an upstream, with the connection that serves it at the moment. */
public final class UpstreamExchange extends HttpClientContext implements UpstreamActivity {

    /** Gives each exchange its connection. The other methods of this name call this one. */
    static final HttpRequestExecutor EXECUTOR = new HttpRequestExecutor() {
        @Override
        public ClassicHttpResponse execute(ClassicHttpRequest request, HttpClientConnection connection, HttpResponseInformationCallback informed,
                HttpContext context) throws IOException, HttpException {
            if (context instanceof UpstreamExchange exchange && connection instanceof PooledConnection pooled) {
                pooled.begin();
                exchange.connection = pooled;
            }
            return super.execute(request, connection, informed, context);
        }
    };

    private final HttpUriRequest request;
    private final Timeout idle;
    private volatile PooledConnection connection;

    /** @param idle the time between bytes after the first content; null if it is the same as before */
    public UpstreamExchange(HttpUriRequest request, Timeout idle) {
        this.request = request;
        this.idle = idle;
    }

    @Override
    public void cancel() {
        request.abort();
    }

    @Override
    public long lastSignNanos() {
        return connection == null ? 0 : connection.lastSignNanos();
    }

    @Override
    public void contentBegan() {
        if (idle != null && connection != null) {
            connection.setSocketTimeout(idle);
        }
    }
}
