package dev.openaigateway.upstream;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

import java.io.IOException;
import java.net.SocketException;

/**
 * How calls go out: each can be cut, before the response as well as in the middle of it; one that met a connection which
 * the upstream had given up meanwhile goes out again; a response of ambiguous length is refused.
 */
public final class UpstreamClient implements HttpClientConfigurer, ExecChainHandler {

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.addExecInterceptorFirst("upstream", this);
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (scope.originalRequest.getEntity() instanceof AbortableEntity entity
                && scope.originalRequest instanceof Cancellable connection) {
            entity.call().upstream().running(connection::cancel);
        }
        ClassicHttpResponse response = proceed(request, scope, chain);
        if (response.containsHeader(HttpHeaders.TRANSFER_ENCODING) && response.containsHeader(HttpHeaders.CONTENT_LENGTH)) {
            scope.execRuntime.discardEndpoint();
            throw new ProtocolException("both a Content-Length and a Transfer-Encoding");
        }
        return response;
    }

    /** The loop ends with the idle connections: on a new one the failure is the upstream's answer. */
    private static ClassicHttpResponse proceed(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        ClassicHttpRequest current = request;
        while (true) {
            try {
                return chain.proceed(current, scope);
            } catch (NoHttpResponseException | SocketException e) {
                if (!usedBefore(scope.clientContext.getEndpointDetails()) || scope.execRuntime.isExecutionAborted()) {
                    throw e;
                }
                scope.clientContext.setEndpointDetails(null);
                current = ClassicRequestBuilder.copy(scope.originalRequest).build();
            }
        }
    }

    private static boolean usedBefore(EndpointDetails connection) {
        return connection != null && connection.getRequestCount() > 1;
    }
}
