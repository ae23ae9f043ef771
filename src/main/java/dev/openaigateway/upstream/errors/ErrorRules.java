package dev.openaigateway.upstream.errors;

import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.routing.outcome.FailureReason;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import static dev.openaigateway.routing.outcome.FailureReason.BAD_KEY;
import static dev.openaigateway.routing.outcome.FailureReason.CONFLICT;
import static dev.openaigateway.routing.outcome.FailureReason.MALFORMED;
import static dev.openaigateway.routing.outcome.FailureReason.NOT_FOUND;
import static dev.openaigateway.routing.outcome.FailureReason.OUT_OF_CREDIT;
import static dev.openaigateway.routing.outcome.FailureReason.RATE_LIMITED;
import static dev.openaigateway.routing.outcome.FailureReason.SERVER_ERROR;
import static dev.openaigateway.routing.outcome.FailureReason.TIMEOUT;
import static dev.openaigateway.routing.outcome.FailureReason.TOO_LARGE;
import static dev.openaigateway.upstream.errors.Verdict.instanceFault;

/**
 * Whose fault an error is, by what providers document. The code decides, then the type, then the beginning of the message, then the status,
 * since one status may concern the key, the model, the account or this request. Messages quote the client's text, so only their beginning
 * is searched, and words of the requested model's name do not count.
 */
public final class ErrorRules {

    private static final int ANY = -1;

    private static final List<Rule> BY_MESSAGE = List.of(
            message(TOO_LARGE, 402, "this request requires more credits, or fewer max_tokens|prompt tokens limit exceeded"),
            message(TOO_LARGE, 429, "request too large"),
            message(NOT_FOUND, 400, "\\S+ is not a valid model id|(?:/\\S+: )?invalid model name passed in model="
                    + "|the provided model identifier is invalid|your organization must be verified to "),
            message(NOT_FOUND, 403, "you don't have access to the model|(?:project|organization|team) \\S+ does not have access to model"),
            message(OUT_OF_CREDIT, ANY, "(?:(?:your|the) (?:\\S+ ){0,3}|you (?:are |have )?)?(?:credit balance is too low"
                    + "|insufficient (?:account )?(?:balance|credit|funds)|not enough credit|(?:run )?out of credit|no credits left"
                    + "|(?:either )?used all available credit"
                    + "|account is not active, please check your billing)"
                    + "|(?:sorry, )?your account balance is insufficient|account \\S+ is suspended"
                    // LiteLLM: the budget of the key or of its team. The budget of one end user does not concern other requests.
                    + "|exceeded(?:token)?budget: (?!end.?user)|budget has been exceeded!"),
            message(BAD_KEY, 400, "api key (?:not valid|not found|expired|is invalid)|incorrect api key provided"));

    /** LiteLLM and others put the class of the error, or what has failed, before its message. */
    private static final String CLASS_NAME = "(?:(?:(?:api|upstream|provider|server|request) )?[\\w.]*(?:error|exception|failed)(?: -|:) ){0,5}+";
    /** The part of a message that is searched, in characters. */
    private static final int BEGINNING = 400;
    private static final Pattern LIMIT = Pattern.compile("rate limit reached .{0,200}?limit:? (\\d+), (?:used:? \\d+, )?requested:? (\\d+)");

    /** As a word of a sentence, not as a part of a path. */
    private static final Pattern MODEL = Pattern.compile("(?<![\\w/.-])models?(?![\\w/-]|\\.\\w)");

    /** @param status {@link #ANY} for all but server errors, since these may quote anything */
    private record Rule(FailureReason reason, int status, Pattern beginning) {

        boolean isAbout(int actual) {
            return status == ANY && actual < 500 || status == actual;
        }

        boolean isSaidBy(String message, RequestedModel asked) {
            Matcher said = beginning.matcher(message);
            return said.lookingAt() && !asked.has(said.group(1));
        }
    }

    private ErrorRules() {
    }

    /** Never {@link Verdict#UNKNOWN}, since the status decides if nothing else does. */
    public static Verdict verdict(ErrorContext error) {
        return ofCode(error.status(), error.meant()).or(() -> ofMessage(error)).or(() -> ofStatus(error));
    }

    /**
     * Whether a 404 comes from an API: it has a code or a type, names the requested model, or mentions a model. Others come from proxies and
     * frameworks that do not know the path, in whatever form: {@code {"detail": "Not Found"}}, {@code {"error": "Not Found"}}, or a text.
     */
    public static boolean isOfApi(ErrorContext error) {
        UpstreamError meant = error.meant();
        String message = beginning(lower(meant.message()));
        return !meant.code().isEmpty() && !Character.isDigit(meant.code().charAt(0)) || !meant.type().isEmpty()
                || error.asked().isNamedIn(message) || MODEL.matcher(message).find();
    }

    /** The code, then Google's, then the type unless there is a code of its own. */
    private static Verdict ofCode(int status, UpstreamError error) {
        String code = lower(error.code());
        Verdict verdict = ErrorCodes.under(status, code).or(() -> ErrorCodes.under(status, lower(ErrorDetails.of(error).reason())));
        return code.isEmpty() || Character.isDigit(code.charAt(0)) ? verdict.or(() -> ErrorCodes.under(status, lower(error.type()))) : verdict;
    }

    private static Verdict ofMessage(ErrorContext error) {
        UpstreamError meant = error.meant();
        int status = error.status();
        String message = beginning(error.asked().replacedIn(lower(meant.message())));
        FailureReason said = saidBy(message, status, error.asked());
        // A message about a parameter may begin with its value. That the model is missing does no harm to other requests.
        if (said != null && (meant.param().isEmpty() || said == NOT_FOUND)) {
            return instanceFault(said);
        }
        if (status == 403 && !error.markup() && error.asked().isNamedIn(beginning(lower(meant.message())))) {
            return instanceFault(NOT_FOUND);
        }
        return status == 429 && isBeyondLimit(message) ? instanceFault(TOO_LARGE) : Verdict.UNKNOWN;
    }

    /** Statuses of proxies, and those about the connection or capacity, say nothing about the request. */
    private static Verdict ofStatus(ErrorContext error) {
        int status = error.status();
        return switch (status) {
            case UpstreamError.UNKNOWN_STATUS -> instanceFault(SERVER_ERROR);
            case 401 -> instanceFault(BAD_KEY);
            case 402 -> instanceFault(OUT_OF_CREDIT);
            // A page does not come from the API: a firewall dislikes the request, or the address of the gateway.
            case 403 -> instanceFault(error.markup() ? SERVER_ERROR : BAD_KEY);
            case 404 -> instanceFault(NOT_FOUND);
            case 408 -> instanceFault(TIMEOUT);
            case 409 -> error.aboutStoredObject() ? Verdict.REQUEST_FAULT : instanceFault(CONFLICT);
            case 407, 421, 424, 425, 426, 444, 494, 495, 496, 497, 498, 499 -> instanceFault(CONFLICT);
            case 429 -> instanceFault(RATE_LIMITED);
            default -> status >= 500 ? instanceFault(SERVER_ERROR) : status < 400 ? instanceFault(MALFORMED) : Verdict.REQUEST_FAULT;
        };
    }

    /** Whether the request alone is larger than the limit, so that no wait helps. */
    private static boolean isBeyondLimit(String message) {
        Matcher limit = LIMIT.matcher(message);
        return limit.lookingAt() && Double.parseDouble(limit.group(2)) > Double.parseDouble(limit.group(1));
    }

    /** Null if no rule is about the message. */
    private static FailureReason saidBy(String message, int status, RequestedModel asked) {
        return BY_MESSAGE.stream().filter(rule -> rule.isAbout(status) && rule.isSaidBy(message, asked)).findFirst().map(Rule::reason).orElse(null);
    }

    private static Rule message(FailureReason reason, int status, String beginning) {
        return new Rule(reason, status, Pattern.compile(CLASS_NAME + "(" + beginning + ")"));
    }

    private static String beginning(String message) {
        return message.length() <= BEGINNING ? message : message.substring(0, BEGINNING);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
