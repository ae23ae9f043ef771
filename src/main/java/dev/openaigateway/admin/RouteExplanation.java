package dev.openaigateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.Client;
import dev.openaigateway.call.DiscardingClientStream;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.RuleProperties;
import dev.openaigateway.explain.BodyChanges;
import dev.openaigateway.explain.DryRuns;
import dev.openaigateway.explain.Explanation;
import dev.openaigateway.explain.RuleStep;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.JsonBody;
import dev.openaigateway.openai.JsonBodyReader;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.request.RequestChanges;
import dev.openaigateway.request.RequestFacts;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.routing.RulesEndpoint;
import dev.openaigateway.throttle.TokenEstimates;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultExchange;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Explains what the rules would do with a request: a dry run goes through the active rules. Thread-safe. */
public final class RouteExplanation {

    private record Document(String model, boolean stream, String operation, String client, String rule, String policy, List<Explanation.Row> candidates,
                            List<Explanation.Mirror> mirrors, List<Explanation.OutsideCall> calls, List<RuleStep> steps,
                            Answer answer, List<String> notes) {
    }

    /** What the rule responds itself. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Answer(int status, String contentType, Object body) {
    }

    private static final String HEADER = "header.";
    private static final String JSON = "application/json";
    private static final String NO_ANSWER = "The rules neither sent the request to an instance nor answered it.";

    private final CamelContext context;
    private final InstantSource clock;
    private final DryRuns dryRuns;
    private final Instances instances;
    private final Processor errors;

    /** @param errors puts the response to a failure into the message; the failure is in the property of Camel's error handlers */
    public RouteExplanation(CamelContext context, InstantSource clock, DryRuns dryRuns, Instances instances, Processor errors) {
        this.errors = errors;
        this.context = context;
        this.clock = clock;
        this.dryRuns = dryRuns;
        this.instances = instances;
    }

    /**
     * Query parameters: {@code model}, {@code operation}, {@code stream}, {@code client}, {@code header.NAME}. The body of a
     * POST is the body of the request. Rules see the headers of this request too.
     */
    public Object explain(AdminRequest request) throws Exception {
        JsonBody body = body(request);
        String model = request.parameter("model").or(() -> Optional.ofNullable(body.model()))
                .orElseThrow(() -> Errors.missing("model").exception());
        Operation operation = request.parameter("operation").map(RouteExplanation::operation).orElse(Operation.CHAT_COMPLETIONS);
        String client = request.parameter("client").orElse(Client.ANONYMOUS.name());
        Explanation explanation = new Explanation();
        Exchange dryRun = new DefaultExchange(context);
        Call call = new Call(dryRun, "explanation", clock.instant(), System.nanoTime(), new DiscardingClientStream()).attach();
        String target = instances.catalogue().target(model);
        call.read(new ModelRequest(operation, body, target, target.equals(model) ? null : model, null, null));
        dryRun.setProperty(RuleProperties.OPERATION, operation.path());
        dryRun.setProperty(RuleProperties.CLIENT, client);
        headers(dryRun.getMessage(), request);
        new RequestFacts(TokenEstimates::ofReceived).show(dryRun, call);
        dryRuns.run(dryRun, explanation, RulesEndpoint.URI);
        Answer answer = explanation.rows().isEmpty() ? answer(dryRun, call) : null;
        return new Document(model, body.stream(), operation.path(), client, call.result().rule(), explanation.policy(), explanation.rows(),
                explanation.mirrors(), explanation.calls(), explanation.steps(), answer, explanation.notes());
    }

    private static JsonBody body(AdminRequest request) {
        String text = request.body().isBlank()
                ? "{\"stream\":" + request.parameter("stream").map(Boolean::parseBoolean).orElse(false) + "}" : request.body();
        return JsonBodyReader.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Operation operation(String path) {
        return Operation.fromPath(path).orElseThrow(() ->
                Errors.invalid("operation", "invalid_value", "operation must be one such as chat/completions or embeddings.").exception());
    }

    private static void headers(Message message, AdminRequest request) {
        request.http().headers().forEach(header -> message.setHeader(header.getKey(), header.getValue()));
        request.http().params().forEach(parameter -> {
            if (parameter.getKey().startsWith(HEADER)) {
                message.setHeader(parameter.getKey().substring(HEADER.length()), parameter.getValue());
            }
        });
    }

    private Answer answer(Exchange exchange, Call call) throws Exception {
        if (exchange.getException() != null) {
            exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, exchange.getException());
            errors.process(exchange);
        }
        Message message = exchange.getMessage();
        Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
        boolean isEmpty = RequestChanges.isUntouched(exchange, call);
        if (isEmpty && status == null) {
            ApiError none = Errors.ruleFailed(NO_ANSWER);
            return new Answer(none.status(), JSON, BodyChanges.parsed(BodyChanges.of(ErrorBody.of(none))));
        }
        return new Answer(status == null ? 200 : status, message.getHeader(Exchange.CONTENT_TYPE, String.class),
                isEmpty ? null : BodyChanges.parsed(BodyChanges.of(message.getBody())));
    }
}
