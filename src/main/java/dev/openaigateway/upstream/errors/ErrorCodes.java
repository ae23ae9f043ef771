package dev.openaigateway.upstream.errors;

import dev.openaigateway.openai.UpstreamError;

import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

import static dev.openaigateway.routing.outcome.FailureReason.BAD_KEY;
import static dev.openaigateway.routing.outcome.FailureReason.NOT_FOUND;
import static dev.openaigateway.routing.outcome.FailureReason.OUT_OF_CREDIT;
import static dev.openaigateway.routing.outcome.FailureReason.RATE_LIMITED;
import static dev.openaigateway.routing.outcome.FailureReason.SERVER_ERROR;
import static dev.openaigateway.routing.outcome.FailureReason.TOO_LARGE;
import static dev.openaigateway.upstream.errors.Verdict.instanceFault;

/** The codes that providers use, as a code or as a type: what each says, and the status it stands for where it came with a status of success. */
final class ErrorCodes {

    /** For codes after which another account may serve the request, whatever the status. */
    private static final IntPredicate ANY = status -> true;
    /** For codes that do not count under a server error: a proxy whose upstreams are all down may say that it has no such model. */
    private static final IntPredicate NO_SERVER_ERROR = status -> status == UpstreamError.UNKNOWN_STATUS || status >= 400 && status < 500;
    private static final IntPredicate UNSPECIFIC = status -> status == 400 || status == 403;
    private static final Set<String> RATE_LIMIT = Set.of("rate_limit_exceeded", "ratelimitreached", "too_many_requests", "429");

    private static final Set<String> OF_MODEL = Set.of("model_not_found", "deploymentnotfound", "model_decommissioned", "modeldeprecated",
            "model_deprecated", "model_not_available", "operationnotsupported", "invalid_model", "unknown_model", "unavailable_model",
            "key_model_access_denied", "team_model_access_denied", "user_model_access_denied");

    private static final List<Meaning> MEANINGS = List.of(
            new Meaning(instanceFault(OUT_OF_CREDIT), 429, ANY, Set.of("insufficient_quota", "billing_hard_limit_reached", "exceeded_current_quota_error")),
            new Meaning(instanceFault(OUT_OF_CREDIT), 402, ANY, Set.of("billing_not_active", "insufficient_balance", "insufficient_credit", "insufficient_credits",
                    "insufficient_funds", "credit_balance_too_low", "out_of_credits", "payment_required", "arrearage", "accountoverdueerror")),
            new Meaning(instanceFault(BAD_KEY), 401, NO_SERVER_ERROR, Set.of("invalid_api_key", "api_key_invalid", "authentication_error")),
            new Meaning(instanceFault(NOT_FOUND), 404, NO_SERVER_ERROR, OF_MODEL),
            new Meaning(instanceFault(RATE_LIMITED), 429, UNSPECIFIC, RATE_LIMIT),
            new Meaning(instanceFault(TOO_LARGE), 413, status -> status == 413, RATE_LIMIT),
            new Meaning(instanceFault(SERVER_ERROR), 503, UNSPECIFIC, Set.of("engine_overloaded", "engine_overloaded_error", "overloaded", "overloaded_error",
                    "model_overloaded", "server_overloaded")),
            // OpenAI: a server of tools that the request names has failed. Azure's 424 concerns the model's container.
            new Meaning(Verdict.REQUEST_FAULT, 424, status -> status == 424, Set.of("http_error", "external_connector_error")));

    /**
     * @param verdict  whose fault it is
     * @param implied  the status that it stands for
     * @param statuses where it decides; under any other the status says more than the code
     * @param codes    in lower case
     */
    private record Meaning(Verdict verdict, int implied, IntPredicate statuses, Set<String> codes) {
    }

    private ErrorCodes() {
    }

    /** @param code in lower case; {@link Verdict#UNKNOWN} if it has no meaning under this status */
    static Verdict under(int status, String code) {
        return MEANINGS.stream().filter(meaning -> meaning.statuses().test(status) && meaning.codes().contains(code)).findFirst()
                .map(Meaning::verdict).orElse(Verdict.UNKNOWN);
    }

    /**
     * Whether the instance does not have the model that the request names, or its key may not use it.
     *
     * @param code in lower case
     */
    static boolean isOfModel(String code) {
        return OF_MODEL.contains(code);
    }

    /** @param code in lower case; {@link UpstreamError#UNKNOWN_STATUS} if it stands for none */
    static int impliedBy(String code) {
        return MEANINGS.stream().filter(meaning -> meaning.codes().contains(code)).findFirst().map(Meaning::implied).orElse(UpstreamError.UNKNOWN_STATUS);
    }
}
