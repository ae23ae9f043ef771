package dev.openaigateway.request;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.rule.InstanceResponse;
import dev.openaigateway.call.rule.RuleValue;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.ErrorCode;
import dev.openaigateway.openai.Errors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The answer that the rules give themselves, by a body and perhaps a status: without calling an instance, or in place of its response.
 * Requests and dry runs read it here, so that both show the same.
 *
 * @param contentType null if the response of the instance has none
 * @param body        not null; empty if the response has none
 * @param code        of the error object that stands for a status without a body; else null
 */
public record RuleAnswer(int status, String contentType, byte[] body, String code) {

    private static final String JSON = "application/json";
    private static final byte[] NO_BODY = {};

    /**
     * Reads the answer from the message. A stream in its body is read to the end.
     *
     * @throws dev.openaigateway.openai.ApiException 500 if the rules have not answered, or with what cannot be sent
     */
    public static RuleAnswer of(Exchange exchange, Call call) {
        Message message = exchange.getMessage();
        Integer set = status(message);
        int status = set == null ? 200 : set;
        if (!RequestChanges.isUntouched(exchange, call)) {
            byte[] body = body(message);
            return new RuleAnswer(status, contentType(message, call.received().body().mediaType(), body), body, null);
        }
        if (status == 200) {
            throw Errors.ruleFailed("The rules neither sent the request to an instance nor answered it.").exception();
        }
        return status < 400 ? new RuleAnswer(status, JSON, NO_BODY, null) : rejected(status);
    }

    /**
     * Reads what the rules have left of the whole response of an instance: its bytes as they came if its text is the same.
     *
     * @throws dev.openaigateway.openai.ApiException 500 if the body or the status cannot be sent
     */
    public static RuleAnswer of(Exchange exchange, InstanceResponse response) {
        Message message = exchange.getMessage();
        Integer set = status(message);
        int status = set == null ? 200 : set;
        if (!InstanceResponse.isIn(exchange)) {
            byte[] body = message.getBody() == null ? NO_BODY : body(message);
            return new RuleAnswer(status, contentType(message, JSON, body), body, null);
        }
        return status < 400 ? new RuleAnswer(status, message.getHeader(Exchange.CONTENT_TYPE, response.contentType(), String.class), response.body().getBytes(), null)
                : rejected(status);
    }

    private static RuleAnswer rejected(int status) {
        return new RuleAnswer(status, JSON, ErrorBody.of(Errors.rejected(status, null, null, null, null)), ErrorCode.REJECTED_BY_RULE);
    }

    /** Null if the rules have set none. */
    private static Integer status(Message message) {
        String header = RuleValue.text(message.getHeader(Exchange.HTTP_RESPONSE_CODE));
        if (header == null) {
            return null;
        }
        String text = header.strip();
        if (!text.matches("[2-5]\\d\\d")) {
            throw Errors.ruleFailed("The rules have answered with status '" + text + "', which is not a number from 200 to 599.").exception();
        }
        return Integer.valueOf(text);
    }

    private static byte[] body(Message message) {
        try {
            return BodyText.bytes(message.getBody());
        } catch (IllegalArgumentException e) {
            throw Errors.ruleFailed("The rules have answered with a body that cannot be sent. " + e.getMessage()).exception();
        }
    }

    /** The rule's own, if it has set one: otherwise the message still has that of the request, or of the instance's response. */
    private static String contentType(Message message, String former, byte[] body) {
        String set = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        if (set != null && former != null && !set.split(";")[0].strip().equalsIgnoreCase(former.split(";")[0].strip())) {
            return set;
        }
        return body.length > 0 && (body[0] == '{' || body[0] == '[') ? JSON : "text/plain; charset=utf-8";
    }
}
