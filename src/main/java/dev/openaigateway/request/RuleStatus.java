package dev.openaigateway.request;

import dev.openaigateway.openai.Errors;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The status of a response that the rules give themselves. */
public final class RuleStatus {

    private RuleStatus() {
    }

    /**
     * Reads the status; null if the rules have set none.
     *
     * @throws dev.openaigateway.openai.ApiException 500 if it is no number from 200 to 599
     */
    public static Integer of(Message message) {
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
}
