package dev.openaigateway.upstream;

import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.rule.RuleValue;
import dev.openaigateway.config.IdentitySettings;
import dev.openaigateway.config.Secret;
import dev.openaigateway.config.Timeouts;
import dev.openaigateway.identity.AccessTokens;
import dev.openaigateway.identity.NoTokenException;
import dev.openaigateway.request.BodyText;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.outcome.AttemptFailedException;
import dev.openaigateway.routing.outcome.FailureReason;
import dev.openaigateway.routing.outcome.Outcome;
import dev.openaigateway.upstream.connection.BodyEnd;
import dev.openaigateway.upstream.connection.InflatedEntity;
import dev.openaigateway.upstream.connection.UpstreamExchange;
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
import java.net.URISyntaxException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends the calls of attempts. A call can be cancelled before or during its response, and has the timeout of its
 * operation. Its URL is parsed once, unless the call before had the same; camel-http would parse it four times (benchmark row "CPU per request").
 */
final class UpstreamProducer extends HttpProducer {

    /** Without a charset, as the SDKs send it. */
    private static final ContentType JSON = ContentType.create("application/json");

    private final AccessTokens tokens;
    private HttpClient client;
    private RequestConfig standard;
    private final Map<Timeouts, RequestConfig> configs = new ConcurrentHashMap<>();
    private volatile Target last;

    private record Target(String address, URI parsed) {
    }

    UpstreamProducer(HttpEndpoint endpoint, AccessTokens tokens) {
        super(endpoint);
        this.tokens = tokens;
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
        RuleValue.showAsTexts(message.getHeaders());
        if (message.getHeader(Exchange.HTTP_METHOD) instanceof HttpMethods method
                && message.getHeader(Exchange.HTTP_URI) instanceof String address) {
            HttpUriRequest request = method.createMethod(parsed(address));
            if (method.isEntityEnclosing()) {
                request.setEntity(createRequestEntity(exchange));
            }
            return request;
        }
        return super.createMethod(exchange);
    }

    /** Most calls of a producer have the same address. */
    private URI parsed(String address) throws URISyntaxException {
        Target known = last;
        if (known == null || !known.address.equals(address)) {
            known = new Target(address, new URI(UnsafeUriCharactersEncoder.encodeHttpURI(address)));
            last = known;
        }
        return known.parsed;
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
        Timeouts timeouts = timeouts(attempt);
        boolean sameIdle = timeouts.idle().equals(timeouts.firstToken());
        UpstreamExchange upstream = new UpstreamExchange(request, sameIdle ? null : Timeout.of(timeouts.idle()));
        attempt.call().cancellation().follow(upstream);
        limit(request, timeouts);
        IdentitySettings identity = attempt.instance().settings().identity().orElse(null);
        ClassicHttpResponse response = identity == null
                ? client.executeOpen(host, request, upstream) : executeAs(identity, host, request, upstream);
        BodyEnd.note(exchange, response);
        InflatedEntity.replaceIn(response);
        return handler.handleResponse(response);
    }

    /** Sends the request with a token, and once more with another if the upstream refuses it. */
    private ClassicHttpResponse executeAs(IdentitySettings identity, HttpHost host, HttpUriRequest request, UpstreamExchange upstream)
            throws IOException {
        Secret token = authorize(request, identity);
        ClassicHttpResponse response = client.executeOpen(host, request, upstream);
        if (response.getCode() != 401 || request.isAborted() || !tokens.drop(identity, token)) {
            return response;
        }
        response.close();
        authorize(request, identity);
        return client.executeOpen(host, request, upstream);
    }

    private Secret authorize(HttpUriRequest request, IdentitySettings identity) {
        try {
            Secret token = tokens.of(identity);
            request.setHeader("Authorization", "Bearer " + token.value());
            return token;
        } catch (NoTokenException e) {
            throw new AttemptFailedException(new Outcome.Failed(FailureReason.NO_TOKEN, ""));
        }
    }

    private static Timeouts timeouts(Attempt attempt) {
        ModelRequest request = attempt.request();
        return attempt.instance().settings().target(request.model(), request.operation().path()).timeouts();
    }

    /** The route has the instance's timeouts; a model, or an operation of it, may have others. */
    private void limit(HttpUriRequest request, Timeouts timeouts) {
        RequestConfig config = configs.get(timeouts);
        if (request instanceof HttpUriRequestBase configurable) {
            configurable.setConfig(config == null ? configs.computeIfAbsent(timeouts, this::config) : config);
        }
    }

    @SuppressWarnings("deprecation")
    private RequestConfig config(Timeouts timeouts) {
        return RequestConfig.copy(standard).setConnectTimeout(Timeout.of(timeouts.connect()))
                .setResponseTimeout(Timeout.of(timeouts.firstToken())).build();
    }
}
