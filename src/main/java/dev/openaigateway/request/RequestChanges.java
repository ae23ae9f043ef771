package dev.openaigateway.request;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ExchangeSlot;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.rule.AnsweringStep;
import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.call.rule.InstanceResponse;
import dev.openaigateway.call.rule.RuleValue;
import dev.openaigateway.json.JsonMember;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.body.JsonBody;
import dev.openaigateway.openai.body.JsonBodyReader;
import dev.openaigateway.openai.body.RequestBody;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

import java.util.function.UnaryOperator;

/**
 * Detects the changes a rule has made to a request: the message body, by whatever step, and the property {@code model}. Each copy
 * of an exchange has changes of its own. For a request that no rule has changed, this compares two references. Thread-safe.
 */
public final class RequestChanges {

    /** The request as an exchange shows it; null as long as that is what the client sent. */
    private static final ExchangeSlot<ModelRequest> CHANGED = new ExchangeSlot<>(ModelRequest.class);

    /** Shown of a form and of a request without a body, because {@code jq} and {@code jsonpath} fail if there is no body. */
    private static final byte[] NO_JSON = {'{', '}'};

    private RequestChanges() {
    }

    /** Puts the request's text into the message, unless a step before has put another body there. */
    static void show(Message message, ModelRequest request) {
        if (message.getBody() == null || message.getBody() instanceof Buffer) {
            message.setBody(shown(request));
        }
    }

    /** The message body of a request that was not changed. */
    private static byte[] shown(ModelRequest request) {
        return request.body() instanceof JsonBody json ? json.bytes() : NO_JSON;
    }

    private static boolean isShown(Object body, ModelRequest request) {
        byte[] shown = shown(request);
        return body == shown || body == null && shown == NO_JSON;
    }

    /**
     * Makes what the rules have changed so far part of the call. Its {@link Call#refusal} then says whether that is granted.
     *
     * @param names gives the model that a name stands for
     * @throws ApiException 500 if the request is no longer valid
     */
    public static void apply(Exchange exchange, Call call, UnaryOperator<String> names) {
        ModelRequest now = track(exchange, call);
        if (now == call.request()) {
            return;
        }
        String target = names.apply(now.model());
        if (!target.equals(now.model())) {
            now = now.withModel(target);
            set(exchange, now);
        }
        call.changeAndReserve(now);
    }

    /** The request as the rules have left it so far. Throws as {@link #apply} does for a request that is no longer valid. */
    static ModelRequest track(Exchange exchange, Call call) {
        ModelRequest before = current(exchange, call);
        ModelRequest now = changed(exchange, before);
        if (now != before) {
            set(exchange, now);
        }
        return now;
    }

    private static void set(Exchange exchange, ModelRequest changed) {
        exchange.setProperty(RuleProperties.MODEL, changed.model());
        exchange.getMessage().setBody(shown(changed));
        CHANGED.set(exchange, changed);
    }

    /**
     * The request with the changes of steps that belong to a single attempt.
     *
     * @param request as it was before these steps
     * @throws ApiException 500 if the request is no longer valid
     */
    public static ModelRequest ofAttempt(Exchange exchange, ModelRequest request) {
        Object body = exchange.getMessage().getBody();
        if (isShown(body, request)) {
            return request;
        }
        RequestBody content = read(exchange, request, body);
        return request.changed(content, model(request, content));
    }

    /** Whether the message body is still the client's request, as sent or as {@code request:} steps have changed it. */
    public static boolean isUntouched(Exchange exchange, Call call) {
        Object body = exchange.getMessage().getBody();
        return body == null || isShown(body, current(exchange, call));
    }

    /**
     * Whether an instance has served the call and the message does not hold a request again, so that nothing is left to send.
     */
    public static boolean isServed(Exchange exchange, Call call) {
        if (call.result().attempts().stream().noneMatch(AttemptReport::served)) {
            return false;
        }
        if (exchange.getMessage().getBody() == null || InstanceResponse.isIn(exchange) || call.clientStream().begun()) {
            return true;
        }
        try {
            track(exchange, call);
            return false;
        } catch (ApiException noRequest) {
            return true;
        }
    }

    private static ModelRequest current(Exchange exchange, Call call) {
        ModelRequest changed = CHANGED.get(exchange);
        return changed == null ? call.received() : changed;
    }

    private static ModelRequest changed(Exchange exchange, ModelRequest before) {
        Object body = exchange.getMessage().getBody();
        String model = RuleValue.text(exchange.getProperty(RuleProperties.MODEL), exchange);
        boolean isSameBody = isShown(body, before);
        boolean isSameModel = model == before.model() || model == null || model.equals(before.model());
        if (isSameBody && isSameModel) {
            return before;
        }
        if (!isSameModel && model.isBlank()) {
            AnsweringStep step = AnsweringStep.of(exchange);
            throw Errors.ruleFailed("A rule has set the property 'model' to an empty text, at "
                    + (step == null ? RuleStepName.of(exchange) : step.text()) + ".").exception();
        }
        RequestBody content = isSameBody ? before.body() : read(exchange, before, body);
        return before.changed(content, isSameModel ? model(before, content) : model);
    }

    /** A model in a new body counts if it is another one than in the body before. */
    private static String model(ModelRequest before, RequestBody content) {
        String named = content.model();
        return named == null || named.equals(before.body().model()) ? before.model() : named;
    }

    private static RequestBody read(Exchange exchange, ModelRequest before, Object body) {
        if (!(before.body() instanceof JsonBody json)) {
            throw invalid(exchange, before.body().mediaType() == null ? "This request has no body, so a rule cannot set one."
                    : "The body of a form cannot be changed; a rule can change its model, and headers with 'request:header'.");
        }
        try {
            JsonBody content = JsonBodyReader.read(BodyText.bytes(body));
            String required = required(before);
            if (required != null && !JsonMember.isIn(content.bytes(), required) && JsonMember.isIn(json.bytes(), required)) {
                throw new IllegalArgumentException("The body has no '" + required + "'.");
            }
            return content;
        } catch (ApiException e) {
            throw invalid(exchange, e.error().message());
        } catch (IllegalArgumentException e) {
            throw invalid(exchange, e.getMessage());
        }
    }

    private static String required(ModelRequest request) {
        return switch (request.operation()) {
            case CHAT_COMPLETIONS -> "messages";
            case EMBEDDINGS, MODERATIONS, RESPONSES, SPEECH -> "input";
            case COMPLETIONS, IMAGE_GENERATIONS -> "prompt";
            case RESPONSE_INPUT_TOKENS, RESPONSE_COMPACTION, IMAGE_EDITS, IMAGE_VARIATIONS, TRANSCRIPTIONS, TRANSLATIONS, PASSTHROUGH -> null;
        };
    }

    private static ApiException invalid(Exchange exchange, String why) {
        return Errors.ruleFailed("The message body is not a valid request after the rules, found at " + RuleStepName.of(exchange) + ": " + why
                + " To keep the request while asking another service, store its response in a variable ('variableReceive').").exception();
    }
}
