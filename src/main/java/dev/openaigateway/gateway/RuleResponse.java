package dev.openaigateway.gateway;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ChangingStep;
import dev.openaigateway.call.ResponseHeaders;
import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.openai.response.SseWriter;
import dev.openaigateway.request.RuleAnswer;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Makes the answer of the rules the response, if they have called no instance. */
final class RuleResponse {

    private RuleResponse() {
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

    /** @throws dev.openaigateway.openai.ApiException 500 if there is no answer, or none that can be sent */
    static void send(Exchange exchange, Call call) {
        ChangingStep.record(exchange, call);
        RuleAnswer answer = RuleAnswer.of(exchange, call);
        Message message = exchange.getMessage();
        if (!call.clientStream().leaveHead()) {
            inStream(call, answer.body());
            message.setBody(null);
        } else {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
            message.setHeader(Exchange.CONTENT_TYPE, answer.contentType());
            ResponseHeaders.of(call).forEach(message::setHeader);
            message.setBody(Buffer.buffer(answer.body()));
        }
        call.result().ended(answer.status(), answer.code());
    }

    private static void inStream(Call call, byte[] body) {
        byte[] bytes = SseWriter.of(body);
        call.clientStream().write(bytes, 0, bytes.length);
        call.clientStream().end();
    }
}
