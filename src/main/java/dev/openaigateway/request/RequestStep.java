package dev.openaigateway.request;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.rule.RuleHeaders;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.body.JsonBody;
import dev.openaigateway.openai.body.MultipartBody;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Makes the step of a {@code request:} URI from its action and its parameters. */
final class RequestStep {

    private static final Set<String> PAIR = Set.of("name", "value");
    private static final List<String> ACTIONS = List.of("cap", "set", "remove", "system", "header");

    private RequestStep() {
    }

    /** @throws IllegalArgumentException if the URI is wrong; the message says what is right */
    static Processor of(CamelContext context, String action, Map<String, String> parameters) {
        return switch (action) {
            case "cap" -> edit("request:cap", each(action, context, parameters, RequestStep::cap));
            case "set" -> edit("request:set", each(action, context, pair(parameters), RequestEdits::set));
            case "remove" -> edit("request:remove", remove(parameters));
            case "system" -> edit("request:system", RequestEdits.system(new ValueSource(context, only("system", "text", parameters))));
            case "header" -> header(context, parameters);
            default -> throw new IllegalArgumentException("'request:" + action + "' is unknown; there are request:"
                    + String.join(", request:", ACTIONS) + RequestNames.nearest(action, ACTIONS));
        };
    }

    private static RequestEdit each(String action, CamelContext context, Map<String, String> parameters,
                                    BiFunction<String, ValueSource, RequestEdit> edit) {
        return parameters.entrySet().stream().map(entry ->
                        edit.apply(RequestNames.member("request:" + action, entry.getKey()), new ValueSource(context, entry.getValue())))
                .reduce(RequestEdit::then).orElseThrow(() -> new IllegalArgumentException("'request:" + action
                        + "' needs at least one member as parameter, such as max_tokens=1000."));
    }

    /** In the form with {@code name} and {@code value} a name may have hyphens, which YAML parameters lose. */
    private static Map<String, String> pair(Map<String, String> parameters) {
        return parameters.keySet().equals(PAIR) ? Map.of(parameters.get("name"), parameters.get("value")) : parameters;
    }

    private static RequestEdit cap(String member, ValueSource cap) {
        if (cap.isConstant() && !cap.toString().strip().matches("-?\\d+(\\.\\d+)?")) {
            throw new IllegalArgumentException("'request:cap' needs a number for " + member + ", not '" + cap + "'.");
        }
        if (cap.isConstant() && (member.endsWith("tokens") || member.equals("n")) && !cap.toString().strip().matches("0*[1-9]\\d*")) {
            throw new IllegalArgumentException("'request:cap' needs a whole number above 0 for " + member + ", not '" + cap + "'.");
        }
        return RequestEdits.cap(member, cap);
    }

    private static RequestEdit remove(Map<String, String> parameters) {
        return List.of(only("remove", "name", parameters).split(",")).stream().map(String::strip)
                .map(member -> RequestEdits.remove(RequestNames.removable(RequestNames.member("request:remove", member))))
                .reduce(RequestEdit::then).orElseThrow();
    }

    private static String only(String action, String name, Map<String, String> parameters) {
        String value = parameters.get(name);
        if (value == null || value.isBlank() || parameters.size() > 1) {
            throw new IllegalArgumentException("'request:" + action + "' has one parameter, '" + name + "', which must not be empty; it has "
                    + (parameters.isEmpty() ? "none" : String.join(", ", parameters.keySet())) + ".");
        }
        return value;
    }

    private static Processor header(CamelContext context, Map<String, String> parameters) {
        if (!parameters.keySet().equals(PAIR)) {
            throw new IllegalArgumentException("'request:header' has two parameters, 'name' and 'value'; it has "
                    + (parameters.isEmpty() ? "none" : String.join(", ", parameters.keySet())) + ".");
        }
        String name = RequestNames.header(parameters.get("name"));
        ValueSource source = new ValueSource(context, parameters.get("value"));
        return exchange -> {
            String value = source.text(exchange).strip();
            if (value.chars().anyMatch(c -> c < ' ' && c != '\t' || c > '~')) {
                throw failed(exchange, "request:header", "The value of " + name + " has a character that no header may have.");
            }
            RuleHeaders.set(exchange, name, value);
        };
    }

    private static Processor edit(String uri, RequestEdit edit) {
        return exchange -> {
            ModelRequest request = RequestChanges.track(exchange, Call.require(exchange));
            if (request.body() instanceof JsonBody json) {
                exchange.getMessage().setBody(edited(exchange, uri, edit, request, json.bytes()));
                RequestChanges.track(exchange, Call.require(exchange));
            } else if (request.body() instanceof MultipartBody form && changes(exchange, uri, edit, request, form)) {
                throw failed(exchange, uri, "The body of a form cannot be changed; a rule can change its model by the property 'model', "
                        + "and headers with 'request:header'.");
            }
        };
    }

    /** Whether the edit concerns the form: most do not, such as a maximum of completion tokens for a transcription. */
    private static boolean changes(Exchange exchange, String uri, RequestEdit edit, ModelRequest request, MultipartBody form) {
        byte[] fields = Json.MAPPER.valueToTree(form.values()).toString().getBytes(StandardCharsets.UTF_8);
        return edited(exchange, uri, edit, request, fields) != fields;
    }

    private static byte[] edited(Exchange exchange, String uri, RequestEdit edit, ModelRequest request, byte[] json) {
        try {
            return edit.apply(json, request.operation(), exchange);
        } catch (IllegalArgumentException e) {
            throw failed(exchange, uri, e.getMessage());
        }
    }

    private static RuntimeException failed(Exchange exchange, String uri, String why) {
        return Errors.ruleFailed("'" + uri + "' failed at " + RuleStepName.of(exchange) + ": " + why).exception();
    }
}
