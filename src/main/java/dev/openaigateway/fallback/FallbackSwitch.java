package dev.openaigateway.fallback;

import dev.openaigateway.call.rule.RuleValue;
import dev.openaigateway.openai.Errors;
import org.apache.camel.Exchange;

/** The header with which a client, or a rule, declines fallbacks to other models. */
public final class FallbackSwitch {

    private static final String HEADER = "x-gateway-fallback";

    private FallbackSwitch() {
    }

    /** @throws dev.openaigateway.openai.ApiException 400 if the header is neither {@code on} nor {@code off} */
    public static boolean isOn(Exchange exchange) {
        String value = RuleValue.text(exchange.getMessage().getHeader(HEADER), exchange);
        if (value == null || value.strip().equalsIgnoreCase("on")) {
            return true;
        }
        if (value.strip().equalsIgnoreCase("off")) {
            return false;
        }
        throw Errors.invalid(HEADER, "invalid_value", "The header " + HEADER + " must be on or off.").exception();
    }
}
