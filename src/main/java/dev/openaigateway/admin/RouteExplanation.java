package dev.openaigateway.admin;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.Client;
import dev.openaigateway.call.DiscardingClientStream;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.RuleProperties;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.JsonBody;
import dev.openaigateway.openai.JsonBodyReader;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.request.RequestFacts;
import dev.openaigateway.routing.Explanation;
import dev.openaigateway.routing.RulesEndpoint;
import dev.openaigateway.throttle.TokenEstimates;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultExchange;
import org.apache.camel.support.service.ServiceHelper;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;

/** Explains what the rules would do with a request for a model: a dry run goes through the active rules. Thread-safe. */
public final class RouteExplanation {

    private record Document(String model, boolean stream, String policy, List<Explanation.Row> candidates) {
    }

    private final CamelContext context;
    private final InstantSource clock;

    public RouteExplanation(CamelContext context, InstantSource clock) {
        this.context = context;
        this.clock = clock;
    }

    /** Query parameters: {@code model}, {@code operation}, {@code stream}, {@code client}. Rules see the request's headers. */
    public Object explain(AdminRequest request) throws Exception {
        String model = request.parameter("model").orElseThrow(() -> Errors.missing("model").exception());
        boolean stream = request.parameter("stream").map(Boolean::parseBoolean).orElse(false);
        Operation operation = request.parameter("operation").map(RouteExplanation::operation).orElse(Operation.CHAT_COMPLETIONS);
        Explanation explanation = new Explanation();
        Exchange dryRun = new DefaultExchange(context);
        prepare(dryRun, request, operation, model, stream, explanation);
        route(dryRun);
        Exception failure = dryRun.getProperty(Exchange.EXCEPTION_CAUGHT, dryRun.getException(), Exception.class);
        if (failure != null) {
            throw failure;
        }
        return new Document(model, stream, explanation.policy(), explanation.rows());
    }

    private void route(Exchange exchange) throws Exception {
        Producer rules = context.getEndpoint(RulesEndpoint.URI).createProducer();
        ServiceHelper.startService(rules);
        try {
            rules.process(exchange);
        } finally {
            ServiceHelper.stopService(rules);
        }
    }

    private static Operation operation(String path) {
        return Operation.fromPath(path).orElseThrow(() ->
                Errors.invalid("operation", "invalid_value", "operation must be one such as chat/completions or embeddings.").exception());
    }

    private void prepare(Exchange exchange, AdminRequest request, Operation operation, String model, boolean stream,
                         Explanation explanation) {
        Call call = new Call(exchange, "explanation", clock.instant(), System.nanoTime(), new DiscardingClientStream()).attach();
        JsonBody body = JsonBodyReader.read(("{\"stream\":" + stream + "}").getBytes(StandardCharsets.UTF_8));
        call.read(new ModelRequest(operation, body, model, null, null));
        Explanation.attach(exchange, explanation);
        exchange.setProperty(RuleProperties.OPERATION, operation.path());
        exchange.setProperty(RuleProperties.CLIENT, request.parameter("client").orElse(Client.ANONYMOUS.name()));
        exchange.getMessage().setHeaders(new HashMap<>(request.headers()));
        new RequestFacts(TokenEstimates::ofReceived).show(exchange, call);
    }
}
