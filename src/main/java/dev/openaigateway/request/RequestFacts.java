package dev.openaigateway.request;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.openai.body.JsonBody;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * Shows a request that was read to the rules: its JSON text as the message body, and the exchange properties of
 * {@link RuleProperties}. Counts are computed when a rule first reads them. Thread-safe.
 */
public final class RequestFacts {

    /** Headers that the HTTP server sets. In rules they would change the address of calls by {@code http:}. */
    private static final List<String> STEERING = List.of(Exchange.HTTP_METHOD, Exchange.HTTP_PATH, Exchange.HTTP_QUERY,
            Exchange.HTTP_RAW_QUERY, Exchange.HTTP_URI, Exchange.HTTP_URL);

    private final ToLongFunction<Call> promptTokens;

    /** Shows facts of requests; {@code promptTokens} counts the prompt of the request that the client sent. */
    public RequestFacts(ToLongFunction<Call> promptTokens) {
        this.promptTokens = promptTokens;
    }

    /** Sets the exchange properties that show the request of the call, whose body was read. */
    public void show(Exchange exchange, Call call) {
        ModelRequest request = call.received();
        exchange.setProperty(RuleProperties.MODEL, request.model());
        if (request.alias() != null) {
            exchange.setProperty(RuleProperties.ALIAS, request.alias());
        }
        exchange.setProperty(RuleProperties.STREAM, request.stream());
        exchange.setProperty(RuleProperties.REQUEST_ID, call.requestId());
        exchange.setProperty(RuleProperties.SIZE, request.body().bytes().length);
        exchange.setProperty(RuleProperties.PROMPT_TOKENS, new LazyNumber(call, promptTokens));
        exchange.setProperty(RuleProperties.TOOLS, new LazyNumber(call, PromptContent::tools));
        exchange.setProperty(RuleProperties.IMAGES, new LazyNumber(call, PromptContent::images));
        if (request.body() instanceof JsonBody json && json.maxTokens() > 0) {
            exchange.setProperty(RuleProperties.MAX_TOKENS, json.maxTokens());
        }
        Message message = exchange.getMessage();
        Map<String, Object> headers = message.getHeaders();
        STEERING.forEach(headers::remove);
        call.label(call.labels().inSession(UserAndSession.show(exchange, headers, request.body())));
        RequestChanges.show(message, request);
    }
}
