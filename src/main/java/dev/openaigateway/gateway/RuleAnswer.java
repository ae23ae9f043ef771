package dev.openaigateway.gateway;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ChangingStep;
import dev.openaigateway.call.ResponseHeaders;
import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.response.SseWriter;
import dev.openaigateway.request.BodyText;
import dev.openaigateway.request.RequestChanges;
import dev.openaigateway.request.RuleStatus;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The answer that a rule has put on the exchange itself, by a body and perhaps a status, without calling an instance. */
final class RuleAnswer {

    private static final String JSON = "application/json";

    private RuleAnswer() {
    }

    /** Whether the rules have come to their end without a response of an instance. */
    static boolean isDue(Call call) {
        return call.request().operation() != null && !isServed(call);
    }

    private static boolean isServed(Call call) {
        for (AttemptReport attempt : call.result().attempts()) {
            if (attempt.served()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Makes the answer the response.
     *
     * @throws dev.openaigateway.openai.ApiException 500 if there is none
     */
    static void respond(Exchange exchange, Call call) {
        ChangingStep step = ChangingStep.of(exchange);
        if (step != null && call.result().rule() == null) {
            call.result().ruledBy(step.name());
        }
        Message message = exchange.getMessage();
        Integer status = RuleStatus.of(message);
        boolean isEmpty = RequestChanges.isUntouched(exchange, call);
        if (isEmpty && (status == null || status == 200)) {
            throw Errors.ruleFailed("The rules neither sent the request to an instance nor answered it.").exception();
        }
        int answered = status == null ? 200 : status;
        byte[] body = !isEmpty ? body(message) : answered < 400 ? new byte[0]
                : ErrorBody.of(Errors.rejected(answered, null, null, null, null));
        if (!call.clientStream().leaveHead()) {
            inStream(call, body);
            message.setBody(null);
        } else {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, answered);
            message.setHeader(Exchange.CONTENT_TYPE, isEmpty ? JSON : contentType(exchange, body));
            ResponseHeaders.of(call).forEach(message::setHeader);
            message.setBody(Buffer.buffer(body));
        }
        call.result().ended(answered, isEmpty && answered >= 400 ? "rejected_by_rule" : null);
    }

    private static byte[] body(Message message) {
        try {
            return BodyText.bytes(message.getBody());
        } catch (IllegalArgumentException e) {
            throw Errors.ruleFailed("The rules have answered with a body that cannot be sent. " + e.getMessage()).exception();
        }
    }

    /** The rule's own, if it has set one: the header of the client's request stays in the message otherwise. */
    private static String contentType(Exchange exchange, byte[] body) {
        String set = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
        String requested = Call.of(exchange).received().body().mediaType();
        if (set != null && requested != null && !set.split(";")[0].strip().equalsIgnoreCase(requested.split(";")[0].strip())) {
            return set;
        }
        return body.length > 0 && (body[0] == '{' || body[0] == '[') ? JSON : "text/plain; charset=utf-8";
    }

    private static void inStream(Call call, byte[] body) {
        byte[] bytes = SseWriter.of(body);
        call.clientStream().write(bytes, 0, bytes.length);
        call.clientStream().end();
    }
}
