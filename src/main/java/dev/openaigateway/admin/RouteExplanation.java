package dev.openaigateway.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.call.Call;
import dev.openaigateway.call.Client;
import dev.openaigateway.call.DiscardingClientStream;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.rule.AnsweringStep;
import dev.openaigateway.call.rule.GatewayEndpoints;
import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.config.KeyedClient;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.explain.BodyChanges;
import dev.openaigateway.explain.DryRuns;
import dev.openaigateway.explain.Explanation;
import dev.openaigateway.explain.RuleStep;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.body.JsonBody;
import dev.openaigateway.openai.body.JsonBodyReader;
import dev.openaigateway.request.RequestFacts;
import dev.openaigateway.request.RuleAnswer;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.security.Authenticator;
import dev.openaigateway.throttle.TokenEstimates;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultExchange;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

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

    private static final List<String> PARAMETERS = List.of("client", "model", "operation", "stream");
    private static final List<String> OPERATIONS = Arrays.stream(Operation.values()).map(Operation::path).toList();
    private static final String HEADER = "header.";
    private static final String JSON = "application/json";

    private final CamelContext context;
    private final InstantSource clock;
    private final DryRuns dryRuns;
    private final Instances instances;
    private final Processor errors;
    private final LiveSettings settings;
    private final Supplier<UnaryOperator<String>> hiding;

    /**
     * @param hiding hides the values of the active rules' placeholders
     * @param errors puts the response to a failure into the message; the failure is in the property of Camel's error handlers
     */
    public RouteExplanation(CamelContext context, InstantSource clock, DryRuns dryRuns, Instances instances, LiveSettings settings,
                            Supplier<UnaryOperator<String>> hiding, Processor errors) {
        this.hiding = hiding;
        this.errors = errors;
        this.settings = settings;
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
        request.requireOnly(PARAMETERS, HEADER);
        Map<String, String> parameters = new HashMap<>();
        request.http().params().forEach(parameter -> parameters.putIfAbsent(parameter.getKey(), parameter.getValue()));
        return explain(parameters, request.body(), request.http().headers());
    }

    /** The same without an HTTP request, with these parameters. */
    public Object explain(Map<String, String> parameters) throws Exception {
        return explain(parameters, "", List.of());
    }

    private Object explain(Map<String, String> parameters, String text, Iterable<Map.Entry<String, String>> headers) throws Exception {
        JsonBody body = body(parameters, text);
        String model = parameter(parameters, "model").or(() -> Optional.ofNullable(body.model()))
                .orElseThrow(() -> Errors.missing("model").exception());
        Operation operation = parameter(parameters, "operation").map(RouteExplanation::operation).orElse(Operation.CHAT_COMPLETIONS);
        Client client = client(parameter(parameters, "client").orElse(Client.ANONYMOUS.name()));
        Explanation explanation = new Explanation();
        Exchange dryRun = new DefaultExchange(context);
        Call call = new Call(dryRun, "explanation", clock.instant(), System.nanoTime(), new DiscardingClientStream()).attach();
        String target = instances.catalogue().target(model);
        call.read(new ModelRequest(operation, body, target, target.equals(model) ? null : model, null, "", null));
        call.authenticated(client);
        dryRun.setProperty(RuleProperties.OPERATION, operation.path());
        dryRun.setProperty(RuleProperties.CLIENT, client.name());
        headers(dryRun.getMessage(), parameters, headers, body.mediaType());
        new RequestFacts(TokenEstimates::ofReceived).show(dryRun, call);
        Answer answer;
        if (client.mayUse(model)) {
            dryRuns.run(dryRun, explanation, GatewayEndpoints.RULES);
            answer = explanation.rows().isEmpty() ? answer(dryRun, call) : null;
        } else {
            explanation.note("The rules do not run, because the client may not use the model.");
            answer = answer(Errors.modelNotAllowed(model));
        }
        ObjectNode document = (ObjectNode) JsonResponder.tree(new Document(model, body.stream(), operation.path(), client.name(), call.result().rule(), explanation.policy(), explanation.rows(),
                explanation.mirrors(), explanation.calls(), explanation.steps(), answer, explanation.notes()));
        HiddenValues.hide(document, hiding.get());
        return document;
    }

    private static Optional<String> parameter(Map<String, String> parameters, String name) {
        return Optional.ofNullable(parameters.get(name)).filter(value -> !value.isBlank());
    }

    /** An authenticator of the user's own may know clients that are not in the settings. */
    private Client client(String name) {
        if (!Client.isAnonymous(name) && settings.get().clients().client(name).isEmpty()
                && context.getRegistry().findByType(Authenticator.class).isEmpty()) {
            List<String> known = Stream.concat(Stream.of(Client.ANONYMOUS.name()), settings.get().clients().keys().stream().map(KeyedClient::name))
                    .sorted().toList();
            throw Errors.invalid("client", "invalid_value", "client must be a client of the settings" + Suggestion.insteadOf(name, known)).exception();
        }
        return settings.get().clients().client(name).map(known -> new Client(name, known.tpm(), known.rpm(), known.models()))
                .orElseGet(() -> new Client(name, 0, 0, Set.of()));
    }

    /** The parameter {@code stream} replaces the member of that name. */
    private static JsonBody body(Map<String, String> parameters, String text) throws IOException {
        JsonBody body = JsonBodyReader.read((text.isBlank() ? "{\"stream\":false}" : text).getBytes(StandardCharsets.UTF_8));
        String stream = parameter(parameters, "stream").orElse(null);
        if (stream == null) {
            return body;
        }
        if (!stream.matches("true|false")) {
            throw Errors.invalid("stream", "invalid_value", "stream must be true or false.").exception();
        }
        ObjectNode changed = (ObjectNode) Json.MAPPER.readTree(body.bytes());
        return JsonBodyReader.read(Json.MAPPER.writeValueAsBytes(changed.put("stream", Boolean.parseBoolean(stream))));
    }

    private static Operation operation(String path) {
        return Operation.fromPath(path).orElseThrow(() ->
                Errors.invalid("operation", "invalid_value", "operation must be a known one" + Suggestion.insteadOf(path, OPERATIONS)).exception());
    }

    private static void headers(Message message, Map<String, String> parameters, Iterable<Map.Entry<String, String>> headers,
                                String mediaType) {
        headers.forEach(header -> message.setHeader(header.getKey(), header.getValue()));
        message.setHeader(Exchange.CONTENT_TYPE, mediaType);
        parameters.forEach((name, value) -> {
            if (name.startsWith(HEADER)) {
                message.setHeader(name.substring(HEADER.length()), value);
            }
        });
    }

    private Answer answer(Exchange exchange, Call call) throws Exception {
        if (exchange.getException() == null && call.result().status() == 0) {
            try {
                AnsweringStep.recordAsRule(exchange, call);
                RuleAnswer answer = RuleAnswer.of(exchange, call);
                return new Answer(answer.status(), answer.contentType(), answer.body().length == 0 ? null : shown(answer.body()));
            } catch (ApiException noAnswer) {
                exchange.setException(noAnswer);
            }
        }
        if (exchange.getException() != null) {
            exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, exchange.getException());
            errors.process(exchange);
        }
        Message message = exchange.getMessage();
        return new Answer(call.result().status(), message.getHeader(Exchange.CONTENT_TYPE, String.class), shown(message.getBody()));
    }

    private static Answer answer(ApiError error) {
        return new Answer(error.status(), JSON, shown(ErrorBody.of(error)));
    }

    private static Object shown(Object body) {
        return BodyChanges.parsed(BodyChanges.of(body));
    }
}
