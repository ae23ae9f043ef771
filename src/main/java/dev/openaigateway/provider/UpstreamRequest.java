package dev.openaigateway.provider;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.routing.Attempt;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Puts the call of a provider on the exchange in the form in which camel-http sends it. */
final class UpstreamRequest {

    private static final String JSON = "application/json";

    private UpstreamRequest() {
    }

    /** Replaces all headers, because no client header may affect the call. */
    static void put(Exchange exchange, Provider provider) {
        Attempt attempt = Attempt.of(exchange);
        Call call = attempt.call();
        InstanceSettings instance = attempt.instance().settings();
        UpstreamCall upstream = provider.request(attempt.request(), instance);
        Message message = exchange.getMessage();
        message.getHeaders().clear();
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(upstream.method()));
        message.setHeader("Accept", accepted(attempt.request()));
        message.setHeader("x-request-id", call.requestId());
        provider.authorization(instance).ifPresent(key -> message.setHeader(key.getKey(), key.getValue()));
        upstream.headers().forEach(message::setHeader);
        message.setBody(upstream.mediaType() == null ? null : new ByteArrayEntity(upstream.body(), contentType(upstream.mediaType())));
        message.setHeader(Exchange.HTTP_URI, upstream.url());
    }

    private static String accepted(ModelRequest request) {
        return request.stream() ? "text/event-stream" : request.operation().returnsJson() ? JSON : "*/*";
    }

    private static ContentType contentType(String mediaType) {
        return mediaType.equals(JSON) ? ContentType.APPLICATION_JSON : ContentType.parseLenient(mediaType);
    }
}
