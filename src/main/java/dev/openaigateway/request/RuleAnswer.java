package dev.openaigateway.request;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.ErrorBody;
import dev.openaigateway.openai.ErrorCode;
import dev.openaigateway.openai.Errors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The answer that the rules give themselves, by a body and perhaps a status, without calling an instance. Requests and dry runs read
 * it here, so that both show the same.
 *
 * @param body not null; empty if the response has none
 * @param code of the error object that stands for a status without a body; else null
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
            return new RuleAnswer(status, contentType(message, call, body), body, null);
        }
        if (status == 200) {
            throw Errors.ruleFailed("The rules neither sent the request to an instance nor answered it.").exception();
        }
        return status < 400 ? new RuleAnswer(status, JSON, NO_BODY, null)
                : new RuleAnswer(status, JSON, ErrorBody.of(Errors.rejected(status, null, null, null, null)), ErrorCode.REJECTED_BY_RULE);
    }

    /** Null if the rules have set none. */
    private static Integer status(Message message) {
        Object header = message.getHeader(Exchange.HTTP_RESPONSE_CODE);
        if (header == null) {
            return null;
        }
        String text = header.toString().strip();
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

    /** The rule's own, if it has set one: the header of the client's request stays in the message otherwise. */
    private static String contentType(Message message, Call call, byte[] body) {
        String set = message.getHeader(Exchange.CONTENT_TYPE, String.class);
        String requested = call.received().body().mediaType();
        if (set != null && requested != null && !set.split(";")[0].strip().equalsIgnoreCase(requested.split(";")[0].strip())) {
            return set;
        }
        return body.length > 0 && (body[0] == '{' || body[0] == '[') ? JSON : "text/plain; charset=utf-8";
    }
}
