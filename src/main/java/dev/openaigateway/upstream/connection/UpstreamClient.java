package dev.openaigateway.upstream.connection;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultAuthenticationStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.ProtocolExec;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HeaderElements;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.BasicTokenIterator;

import java.io.IOException;
import java.net.SocketException;

/**
 * Configures the HTTP client for upstreams. Retries once when a pooled connection turns out to be closed or timed out. Rejects a
 * response of ambiguous length.
 *
 * <p>Keys are plain headers, so only a proxy can ask for HTTP authentication. Requests without a proxy skip the client's
 * handler of authentication, which parses the URL of each request once more (benchmark row "CPU per request").
 */
public final class UpstreamClient implements HttpClientConfigurer, ExecChainHandler {

    private final ExecChainHandler authentication = new ProtocolExec(
            DefaultAuthenticationStrategy.INSTANCE, DefaultAuthenticationStrategy.INSTANCE, null, false);

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.replaceExecInterceptor(ChainElement.PROTOCOL.name(), this).setRequestExecutor(UpstreamExchange.EXECUTOR)
                .disableConnectionState();
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        try {
            ClassicHttpResponse response = proceed(request, scope, chain);
            if (response.containsHeader(HttpHeaders.TRANSFER_ENCODING) && response.containsHeader(HttpHeaders.CONTENT_LENGTH)) {
                throw new ProtocolException("both a Content-Length and a Transfer-Encoding");
            }
            return response;
        } catch (IOException | HttpException | RuntimeException e) {
            scope.execRuntime.discardEndpoint();
            throw e;
        }
    }

    /** Retries only a request that failed on a reused connection, so a request is sent at most twice. */
    private ClassicHttpResponse proceed(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        try {
            ClassicHttpResponse response = send(request, scope, chain);
            if (!isOfIdleConnection(response) || !mayRepeat(scope)) {
                return response;
            }
            scope.execRuntime.discardEndpoint();
        } catch (NoHttpResponseException | SocketException e) {
            if (!mayRepeat(scope)) {
                throw e;
            }
        }
        reconnect(scope);
        return send(ClassicRequestBuilder.copy(scope.originalRequest).build(), scope, chain);
    }

    private ClassicHttpResponse send(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (scope.route.getProxyHost() != null) {
            return authentication.execute(request, scope, chain);
        }
        ClassicHttpResponse response = chain.proceed(request, scope);
        ReleasingEntity.wrap(response, scope.execRuntime);
        return response;
    }

    /** Retries on a new connection: an upstream that closed one idle connection may have closed all of them. */
    private static void reconnect(ExecChain.Scope scope) throws IOException {
        HttpClientContext context = scope.clientContext;
        context.setEndpointDetails(null);
        scope.execRuntime.acquireEndpoint(scope.exchangeId, scope.route, context.getUserToken(), context);
        if (scope.execRuntime.isEndpointConnected()) {
            scope.execRuntime.disconnectEndpoint();
        }
    }

    /**
     * Whether the upstream gave up waiting for a request (RFC 9110, 15.5.9). On a reused connection it wrote this while the request
     * was on its way, and has not read it.
     */
    private static boolean isOfIdleConnection(ClassicHttpResponse response) {
        if (response.getCode() != HttpStatus.SC_REQUEST_TIMEOUT) {
            return false;
        }
        BasicTokenIterator options = new BasicTokenIterator(response.headerIterator(HttpHeaders.CONNECTION));
        while (options.hasNext()) {
            if (options.next().equalsIgnoreCase(HeaderElements.CLOSE)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the request was sent on a reused connection, and is still wanted. */
    private static boolean mayRepeat(ExecChain.Scope scope) {
        EndpointDetails connection = scope.clientContext.getEndpointDetails();
        return connection != null && connection.getRequestCount() > 1 && !scope.execRuntime.isExecutionAborted();
    }
}
