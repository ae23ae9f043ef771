package dev.openaigateway.provider;

import dev.openaigateway.call.Call;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.openai.JsonBody;
import dev.openaigateway.openai.RequestBody;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Puts a request on the exchange in the form in which camel-http sends it. */
final class UpstreamRequest {

    private UpstreamRequest() {
    }

    /** Replaces all headers: nothing a client sent may steer the call. */
    static void put(Exchange exchange, Call call, String url, byte[] body, InstanceSettings instance) {
        Message message = exchange.getMessage();
        message.getHeaders().clear();
        RequestBody content = call.request().body();
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(content.method()));
        message.setHeader("Accept", call.request().stream() ? "text/event-stream" : call.request().operation().returnsJson() ? "application/json" : "*/*");
        message.setHeader("x-request-id", call.requestId());
        instance.authorization().ifPresent(key -> message.setHeader(key.getKey(), key.getValue()));
        message.setBody(content.mediaType() == null ? null : new ByteArrayEntity(body, mediaType(content)));
        message.setHeader(Exchange.HTTP_URI, UpstreamUrl.withQuery(url, content.query()));
    }

    private static ContentType mediaType(RequestBody content) {
        return content instanceof JsonBody ? ContentType.APPLICATION_JSON : ContentType.parseLenient(content.mediaType());
    }
}
