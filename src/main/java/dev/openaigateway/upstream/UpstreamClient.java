package dev.openaigateway.upstream;

import dev.openaigateway.api.Call;
import dev.openaigateway.routing.Attempt;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpActivityListener;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.util.Timeout;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;

/**
 * How calls go out: each can be cut, before the response as well as in the middle of it; one that met a connection which
 * the upstream had given up meanwhile goes out again; each has the timeout of its operation; a response of ambiguous
 * length is refused. Keys are headers here, so nothing is remembered of HTTP's own authentication.
 *
 * <p>As the listener of camel-http it listens to nothing: because there is one, camel-http tells in the context of a call
 * whose exchange it is, for requests without a body too.
 */
public final class UpstreamClient implements HttpClientConfigurer, ExecChainHandler, HttpActivityListener {

    private static final String EXCHANGE = Exchange.class.getName();

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.addExecInterceptorFirst("upstream", this).disableAuthCaching().disableConnectionState();
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (scope.clientContext.getAttribute(EXCHANGE) instanceof Exchange exchange
                && exchange.getProperty(Attempt.PROPERTY) instanceof Attempt attempt
                && scope.originalRequest instanceof Cancellable connection) {
            attempt.call().upstream().running(connection::cancel);
            limit(scope.clientContext, Timeout.of(timeout(attempt)));
        }
        ClassicHttpResponse response = proceed(request, scope, chain);
        if (response.containsHeader(HttpHeaders.TRANSFER_ENCODING) && response.containsHeader(HttpHeaders.CONTENT_LENGTH)) {
            scope.execRuntime.discardEndpoint();
            throw new ProtocolException("both a Content-Length and a Transfer-Encoding");
        }
        return response;
    }

    @Override
    public void onRequestSubmitted(Object source, Exchange exchange, HttpHost host, HttpRequest request, HttpEntity entity) {
        // see above
    }

    @Override
    public void onResponseReceived(Object source, Exchange exchange, HttpHost host, HttpResponse response, HttpEntity entity, long elapsed) {
        // see above
    }

    private static Duration timeout(Attempt attempt) {
        Call call = attempt.call();
        return attempt.instance().settings().target(call.model(), call.operation().path()).timeout();
    }

    /** The route's own timeout is the instance's; an operation of a model may have another. */
    private static void limit(HttpClientContext context, Timeout timeout) {
        RequestConfig config = context.getRequestConfigOrDefault();
        if (!timeout.equals(config.getResponseTimeout())) {
            context.setRequestConfig(RequestConfig.copy(config).setResponseTimeout(timeout).build());
        }
    }

    /** On a new connection the failure is the upstream's answer; so what is sent goes out twice at the most. */
    private static ClassicHttpResponse proceed(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        try {
            return chain.proceed(request, scope);
        } catch (NoHttpResponseException | SocketException e) {
            if (!usedBefore(scope.clientContext.getEndpointDetails()) || scope.execRuntime.isExecutionAborted()) {
                throw e;
            }
        }
        connectAnew(scope);
        return chain.proceed(ClassicRequestBuilder.copy(scope.originalRequest).build(), scope);
    }

    /** An upstream that gave up one idle connection may have given up all of them. */
    private static void connectAnew(ExecChain.Scope scope) throws IOException {
        HttpClientContext context = scope.clientContext;
        context.setEndpointDetails(null);
        scope.execRuntime.acquireEndpoint(scope.exchangeId, scope.route, context.getUserToken(), context);
        if (scope.execRuntime.isEndpointConnected()) {
            scope.execRuntime.disconnectEndpoint();
        }
    }

    private static boolean usedBefore(EndpointDetails connection) {
        return connection != null && connection.getRequestCount() > 1;
    }
}
