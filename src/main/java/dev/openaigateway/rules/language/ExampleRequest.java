package dev.openaigateway.rules.language;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;

/** A request to evaluate expressions on while rules are only checked. */
final class ExampleRequest {

    private static final String ONE_OF_EACH = """
            {"model": "gpt-4o", "messages": [{"role": "user", "content": "Hello!"}], "input": "Hello!", "max_tokens": 100, "user": "a",
             "metadata": {"team": "a"}, "tools": [{"type": "function", "function": {"name": "a"}}]}
            """;
    private static final String BODY = """
            {"model": "gpt-4o", "messages": [{"role": "user", "content": "Hello!"}, {"role": "assistant", "content": "Hi!"}], "input": "Hello!", "max_tokens": 100, "user": "a",
             "metadata": {"team": "a"}, "tools": [{"type": "function", "function": {"name": "a"}}, {"type": "function", "function": {"name": "b"}}]}
            """;

    private ExampleRequest() {
    }

    static Exchange exchange(CamelContext context) {
        return exchange(context, BODY);
    }

    /** A request whose lists have one member. */
    static Exchange withOneOfEach(CamelContext context) {
        return exchange(context, ONE_OF_EACH);
    }

    private static Exchange exchange(CamelContext context, String body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        return exchange;
    }
}
