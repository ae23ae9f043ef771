package dev.openaigateway.upstream;

import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.request.BodyText;
import dev.openaigateway.routing.Attempt;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.component.http.HttpMethods;
import org.apache.camel.component.http.HttpProducer;
import org.apache.camel.util.UnsafeUriCharactersEncoder;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpUriRequest;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.Configurable;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.HttpClientResponseHandler;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;

/**
 * Sends the calls of attempts. A call can be cancelled before or during its response, and has the timeout of its
 * operation. Its URL is parsed once; camel-http would parse it four times (benchmark row "CPU per request").
 */
final class UpstreamProducer extends HttpProducer {

    private static final ContentType JSON = ContentType.APPLICATION_JSON;

    private HttpClient client;
    private RequestConfig standard;

    UpstreamProducer(HttpEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        client = getEndpoint().getHttpClient();
        standard = client instanceof Configurable configured ? configured.getConfig() : RequestConfig.DEFAULT;
    }

    @Override
    protected HttpUriRequest createMethod(Exchange exchange) throws Exception {
        Message message = exchange.getIn();
        if (message.getHeader(Exchange.HTTP_METHOD) instanceof HttpMethods method
                && message.getHeader(Exchange.HTTP_URI) instanceof String address) {
            HttpUriRequest request = method.createMethod(new URI(UnsafeUriCharactersEncoder.encodeHttpURI(address)));
            if (method.isEntityEnclosing()) {
                request.setEntity(createRequestEntity(exchange));
            }
            return request;
        }
        return super.createMethod(exchange);
    }

    /** A step between the provider and this one may have replaced the provider's body, by text or by JSON of any type. */
    @Override
    protected HttpEntity createRequestEntity(Exchange exchange) {
        Message message = exchange.getIn();
        if (message.getBody() == null) {
            return null;
        }
        Object type = message.getHeader(Exchange.CONTENT_TYPE);
        return new ByteArrayEntity(BodyText.bytes(message.getBody()), type == null || type.equals(JSON.getMimeType())
                ? JSON : ContentType.parseLenient(type.toString()));
    }

    @Override
    protected HttpHost createHost(HttpUriRequest request) {
        return new HttpHost(request.getScheme(), request.getAuthority());
    }

    @Override
    protected <T> T executeMethod(Exchange exchange, HttpHost host, HttpUriRequest request, HttpClientResponseHandler<T> handler)
            throws IOException, HttpException {
        Attempt attempt = Attempt.of(exchange);
        attempt.call().cancellation().onCancel(request::abort);
        limit(request, Timeout.of(timeout(attempt)));
        ClassicHttpResponse response = client.executeOpen(host, request, null);
        return handler.handleResponse(response);
    }

    private static Duration timeout(Attempt attempt) {
        ModelRequest request = attempt.request();
        return attempt.instance().settings().target(request.model(), request.operation().path()).timeout();
    }

    /** The route has the instance's timeout; an operation of a model may override it. */
    private void limit(HttpUriRequest request, Timeout timeout) {
        if (request instanceof HttpUriRequestBase configurable && !timeout.equals(standard.getResponseTimeout())) {
            configurable.setConfig(RequestConfig.copy(standard).setResponseTimeout(timeout).build());
        }
    }
}
