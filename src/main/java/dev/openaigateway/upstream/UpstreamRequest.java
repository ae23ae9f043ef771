package dev.openaigateway.upstream;

import dev.openaigateway.api.Call;
import dev.openaigateway.api.Content;
import dev.openaigateway.api.JsonBody;
import dev.openaigateway.config.InstanceSettings;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;
import org.apache.hc.core5.http.ContentType;

/** Puts a request on the exchange in the form in which camel-http sends it. */
final class UpstreamRequest {

    private UpstreamRequest() {
    }

    /** Replaces all headers: nothing a client sent may steer the call. */
    static void put(Exchange exchange, Call call, String url, byte[] body, InstanceSettings instance) {
        Message message = exchange.getMessage();
        message.getHeaders().clear();
        Content content = call.body();
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(content.method()));
        message.setHeader("Accept", call.stream() ? "text/event-stream" : call.operation().givesJson() ? "application/json" : "*/*");
        message.setHeader("x-request-id", call.requestId());
        authorize(message, instance);
        message.setBody(content.mediaType() == null ? null : new AbortableEntity(body, mediaType(content), call));
        message.setHeader(Exchange.HTTP_URI, Address.withQuery(url, content.query()));
    }

    private static ContentType mediaType(Content content) {
        return content instanceof JsonBody ? ContentType.APPLICATION_JSON : ContentType.parseLenient(content.mediaType());
    }

    private static void authorize(Message message, InstanceSettings instance) {
        if (instance.apiKey().isBlank()) {
            return;
        }
        boolean azure = instance.providerType() == InstanceSettings.ProviderType.AZURE;
        String header = instance.keyHeader().orElse(azure ? "api-key" : "Authorization");
        String value = instance.apiKey().value();
        message.setHeader(header, header.equalsIgnoreCase("Authorization") ? "Bearer " + value : value);
    }
}
