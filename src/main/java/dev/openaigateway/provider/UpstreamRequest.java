package dev.openaigateway.provider;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.ResponseHeaderNames;
import dev.openaigateway.call.rule.RuleHeaders;
import dev.openaigateway.config.HeaderSettings;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.body.PassedRequest;
import dev.openaigateway.request.RequestChanges;
import dev.openaigateway.routing.Attempt;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.http.HttpMethods;

import java.util.Map;

/** Puts the call of a provider on the exchange in the form in which camel-http sends it. */
final class UpstreamRequest {

    private UpstreamRequest() {
    }

    /** Replaces all headers, because few of the client's may affect the call. Those that a rule has set are kept. */
    static void put(Exchange exchange, Provider provider) {
        Attempt attempt = Attempt.of(exchange);
        Call call = attempt.call();
        InstanceSettings instance = attempt.instance().settings();
        ModelRequest request = RequestChanges.ofAttempt(exchange, attempt.request());
        if (request.stream() && request.operation().usageOnRequest() && !request.body().usageRequested()) {
            if (attempt.mayAskForUsage()) {
                attempt.askedForUsage();
            } else {
                request = request.changed(new BodyWithoutUsage(request.body()), request.model());
            }
        }
        UpstreamCall upstream = provider.request(request, instance);
        Message message = exchange.getMessage();
        Map<String, Object> received = message.getHeaders();
        message.setHeaders(exchange.getContext().getCamelContextExtension().getHeadersMapFactory().newMap());
        ForwardedHeaders.each(received, instance, message::setHeader);
        if (request.body() instanceof PassedRequest passed && passed.isContent()) {
            ForwardedHeaders.eachOfContent(received, instance, message::setHeader);
        }
        if (attempt.observer() != null && attempt.furtherCalls() == 0) {
            attempt.observer().sending(upstream.method(), upstream.url(), (name, value) -> set(message, instance, name, value));
        }
        RuleHeaders.of(exchange).forEach(message::setHeader);
        instance.headers().fixed().forEach((name, value) -> message.setHeader(name, value.value()));
        message.setHeader(Exchange.HTTP_METHOD, HttpMethods.valueOf(upstream.method()));
        message.setHeader("Accept", accepted(request));
        message.setHeader(ResponseHeaderNames.REQUEST_ID, call.requestId());
        provider.authorization(instance).ifPresent(key -> message.setHeader(key.getKey(), key.getValue()));
        upstream.headers().forEach(message::setHeader);
        if (upstream.mediaType() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, upstream.mediaType());
        }
        message.setBody(upstream.mediaType() == null ? null : upstream.body());
        message.setHeader(Exchange.HTTP_URI, upstream.url());
    }

    private static void set(Message message, InstanceSettings instance, String name, String value) {
        if (!HeaderSettings.matches(instance.headers().dropped(), name)) {
            message.setHeader(name, value);
        }
    }

    private static String accepted(ModelRequest request) {
        boolean stream = request.stream() && request.operation() != Operation.PASSTHROUGH;
        return stream ? "text/event-stream" : request.operation().returnsJson() ? "application/json" : "*/*";
    }
}
