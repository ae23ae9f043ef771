package dev.openaigateway.upstream.errors;

import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.routing.FailureReason;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static dev.openaigateway.routing.FailureReason.BAD_KEY;
import static dev.openaigateway.routing.FailureReason.CONFLICT;
import static dev.openaigateway.routing.FailureReason.MALFORMED;
import static dev.openaigateway.routing.FailureReason.NOT_FOUND;
import static dev.openaigateway.routing.FailureReason.OUT_OF_CREDIT;
import static dev.openaigateway.routing.FailureReason.RATE_LIMITED;
import static dev.openaigateway.routing.FailureReason.SERVER_ERROR;
import static dev.openaigateway.routing.FailureReason.TIMEOUT;
import static dev.openaigateway.routing.FailureReason.TOO_LARGE;

/**
 * Whose fault an error is, by what providers document. The code decides, then the type, then how the message begins, then the status: the
 * same status can speak of the key, of the model, of the account or of this request. Messages quote the client's text, so nothing is
 * looked for after their beginning.
 */
public final class ErrorRules {

    private static final int ANY = -1;
    private static final FailureReason REQUEST = null;
    private static final String[] RATE_LIMIT = {"rate_limit_exceeded", "ratelimitreached", "too_many_requests", "429"};
    private static final String[] OVERLOADED = {"engine_overloaded", "engine_overloaded_error", "overloaded", "overloaded_error",
        "model_overloaded", "server_overloaded"};

    private static final List<Rule> BY_CODE = List.of(
            code(OUT_OF_CREDIT, ANY, "insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "insufficient_balance",
                    "insufficient_credit", "insufficient_credits", "insufficient_funds", "credit_balance_too_low",
                    "exceeded_current_quota_error", "out_of_credits", "payment_required", "arrearage", "accountoverdueerror"),
            code(BAD_KEY, ANY, "invalid_api_key", "api_key_invalid", "authentication_error"),
            code(NOT_FOUND, ANY, "model_not_found", "deploymentnotfound", "model_decommissioned", "modeldeprecated", "model_deprecated",
                    "model_not_available", "operationnotsupported"),
            code(RATE_LIMITED, 400, RATE_LIMIT),
            code(RATE_LIMITED, 403, RATE_LIMIT),
            code(TOO_LARGE, 413, RATE_LIMIT),
            code(SERVER_ERROR, 400, OVERLOADED),
            code(SERVER_ERROR, 403, OVERLOADED),
            // OpenAI: a server of tools that the request names has failed. Azure's 424 speaks of the model's container.
            code(REQUEST, 424, "http_error", "external_connector_error"));

    private static final List<Rule> BY_MESSAGE = List.of(
            message(TOO_LARGE, 402, "this request requires more credits, or fewer max_tokens|prompt tokens limit exceeded"),
            message(TOO_LARGE, 429, "request too large"),
            message(OUT_OF_CREDIT, ANY, "(?:(?:your|the) (?:\\S+ ){0,3}|you (?:are |have )?)?(?:credit balance is too low"
                    + "|insufficient (?:account )?(?:balance|credit|funds)|not enough credit|(?:run )?out of credit|no credits left"
                    + "|(?:either )?used all available credit"
                    + "|account is not active, please check your billing)"),
            message(BAD_KEY, 400, "api key (?:not valid|expired|is invalid)"),
            message(NOT_FOUND, 400, "\\S+ is not a valid model id|(?:/\\S+: )?invalid model name passed in model="),
            message(NOT_FOUND, 403, "you don't have access to the model|(?:project|organization|team) \\S+ does not have access to model"));

    /** LiteLLM and others put the class of the error before its message. */
    private static final String CLASS_NAME = "(?:[\\w.]*(?:error|exception)(?: -|:) )*";
    private static final Pattern LIMIT = Pattern.compile("rate limit reached .{0,200}?limit:? (\\d+), (?:used:? \\d+, )?requested:? (\\d+)");

    /** @param status {@link #ANY} for all; no rule about messages applies to a server error, since it may quote anything */
    private record Rule(FailureReason reason, int status, Set<String> codes, Pattern beginning) {

        boolean isAbout(int actual) {
            return status == ANY && (codes != null || actual < 500) || status == actual;
        }
    }

    private ErrorRules() {
    }

    /**
     * Null if the request itself is at fault, so that every instance would refuse it.
     *
     * @param status            the HTTP status; {@link UpstreamError#UNKNOWN_STATUS} for an error that came with a status of success
     * @param markup            whether the error is a page, as proxies and firewalls send it
     * @param aboutStoredObject whether the request is about one stored object
     */
    public static FailureReason reason(int status, UpstreamError error, boolean markup, boolean aboutStoredObject) {
        String code = lower(error.code());
        Rule rule = ofCode(status, code);
        rule = rule == null ? ofCode(status, lower(ErrorDetails.of(error).reason())) : rule;
        rule = rule == null && (code.isEmpty() || Character.isDigit(code.charAt(0))) ? ofCode(status, lower(error.type())) : rule;
        rule = rule == null && error.param().isEmpty() ? ofMessage(status, lower(error.message())) : rule;
        if (rule != null) {
            return rule.reason();
        }
        return status == 429 && isBeyondLimit(lower(error.message())) ? TOO_LARGE : ofStatus(status, markup, aboutStoredObject);
    }

    /** The statuses of proxies, and those that speak of the connection or of capacity, say nothing about the request. */
    private static FailureReason ofStatus(int status, boolean markup, boolean aboutStoredObject) {
        return switch (status) {
            case UpstreamError.UNKNOWN_STATUS -> SERVER_ERROR;
            case 401 -> BAD_KEY;
            case 402 -> OUT_OF_CREDIT;
            // A page does not come from the API: a firewall dislikes the request, or the address of the gateway.
            case 403 -> markup ? SERVER_ERROR : BAD_KEY;
            case 404 -> NOT_FOUND;
            case 408 -> TIMEOUT;
            case 409 -> aboutStoredObject ? REQUEST : CONFLICT;
            case 407, 421, 424, 425, 426, 444, 494, 495, 496, 497, 498, 499 -> CONFLICT;
            case 429 -> RATE_LIMITED;
            default -> status >= 500 ? SERVER_ERROR : status < 400 ? MALFORMED : REQUEST;
        };
    }

    /** Whether the request alone is larger than the limit, so that no wait helps. */
    private static boolean isBeyondLimit(String message) {
        Matcher limit = LIMIT.matcher(message);
        return limit.lookingAt() && Double.parseDouble(limit.group(2)) > Double.parseDouble(limit.group(1));
    }

    private static Rule ofCode(int status, String code) {
        return BY_CODE.stream().filter(rule -> rule.isAbout(status) && rule.codes().contains(code)).findFirst().orElse(null);
    }

    private static Rule ofMessage(int status, String message) {
        return BY_MESSAGE.stream().filter(rule -> rule.isAbout(status) && rule.beginning().matcher(message).lookingAt()).findFirst().orElse(null);
    }

    private static Rule code(FailureReason reason, int status, String... codes) {
        return new Rule(reason, status, Set.copyOf(Arrays.asList(codes)), null);
    }

    private static Rule message(FailureReason reason, int status, String beginning) {
        return new Rule(reason, status, null, Pattern.compile(CLASS_NAME + "(?:" + beginning + ")"));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
