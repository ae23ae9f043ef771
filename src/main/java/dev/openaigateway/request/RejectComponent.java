package dev.openaigateway.request;

import dev.openaigateway.text.UriText;
import org.apache.camel.Endpoint;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;

import java.util.Map;
import java.util.function.BiConsumer;

/** The {@code reject:STATUS} component: answers a request with an OpenAI error object, in place of an instance. */
@Component("reject")
public final class RejectComponent extends DefaultComponent {

    private static final Map<String, BiConsumer<RejectEndpoint, String>> OPTIONS = Map.of("code", RejectEndpoint::setCode, "message", RejectEndpoint::setMessage,
            "type", RejectEndpoint::setType, "param", RejectEndpoint::setParam, "retryAfter", RejectEndpoint::setRetryAfter);

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        RejectEndpoint endpoint = new RejectEndpoint(uri, this, status(remaining == null ? "" : remaining));
        // Not by Camel, which would take a text that begins with '#' for the name of a bean.
        OPTIONS.forEach((name, option) -> {
            Object value = parameters.remove(name);
            option.accept(endpoint, value == null ? null : UriText.written(value.toString()));
        });
        endpoint.prepare();
        return endpoint;
    }

    private static int status(String text) {
        if (!text.matches("[45]\\d\\d")) {
            throw new IllegalArgumentException("'reject:" + text + "' needs a status from 400 to 599, such as reject:429.");
        }
        return Integer.parseInt(text);
    }
}
