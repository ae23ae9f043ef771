package dev.openaigateway.gateway;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ResponseHeaders;
import dev.openaigateway.call.rule.AnsweringStep;
import dev.openaigateway.call.rule.InstanceResponse;
import dev.openaigateway.openai.AttemptReport;
import dev.openaigateway.openai.sse.SseWriter;
import dev.openaigateway.request.RuleAnswer;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Makes the answer of the rules the response: if they have called no instance, or in place of its response. */
final class RuleAnswerSender {

    private RuleAnswerSender() {
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
        AnsweringStep.recordAsRule(exchange, call);
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

    /**
     * Makes what the rules have left of the whole response of an instance the response. Does nothing if no step of a rule has come after
     * the instance, nor for a stream, which the client has already.
     *
     * @throws dev.openaigateway.openai.ApiException 500 if the body or the status cannot be sent
     */
    static void replace(Exchange exchange, Call call) {
        InstanceResponse response = InstanceResponse.of(exchange);
        Message message = exchange.getMessage();
        if (response == null || message.getBody() instanceof Buffer || call.clientStream().begun()) {
            return;
        }
        RuleAnswer answer = RuleAnswer.of(exchange, response);
        message.getHeaders().clear();
        message.getHeaders().putAll(response.headers());
        ResponseHeaders.of(call).forEach((name, value) -> {
            if (!response.removes(name)) {
                message.getHeaders().putIfAbsent(name, value);
            }
        });
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, answer.status());
        if (answer.contentType() != null) {
            message.setHeader(Exchange.CONTENT_TYPE, answer.contentType());
        }
        message.setBody(Buffer.buffer(answer.body()));
        call.result().ended(answer.status(), answer.code());
    }

    private static void inStream(Call call, byte[] body) {
        byte[] bytes = SseWriter.of(body);
        call.clientStream().write(bytes, 0, bytes.length);
        call.clientStream().end();
    }
}
