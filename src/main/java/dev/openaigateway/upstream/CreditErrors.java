package dev.openaigateway.upstream;

import dev.openaigateway.openai.UpstreamError;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Recognises the errors that mean "this account has no credit left", which providers send with different statuses and words. */
final class CreditErrors {

    private static final int PAYMENT_REQUIRED = 402;
    private static final Set<String> CODES = Set.of(
            "insufficient_quota", "billing_hard_limit_reached", "billing_not_active", "insufficient_balance", "insufficient_credit",
            "insufficient_credits", "insufficient_funds", "credit_balance_too_low", "exceeded_current_quota_error", "out_of_credits",
            "payment_required", "arrearage", "accountoverdueerror");
    private static final List<String> PHRASES = List.of(
            "credit balance is too low", "insufficient balance", "insufficient account balance", "insufficient credit", "not enough credit",
            "out of credit", "no credits left", "account is not active, please check your billing");
    /** Parts that may come from the client's request. */
    private static final Pattern QUOTED = Pattern.compile("'[^']*'|\"[^\"]*\"|`[^`]*`");

    private CreditErrors() {
    }

    /** @param status the HTTP status; {@link UpstreamError#UNKNOWN_STATUS} for an error that came with a status of success */
    static boolean match(int status, UpstreamError error) {
        if (status == PAYMENT_REQUIRED) {
            return true;
        }
        String code = error.code().toLowerCase(Locale.ROOT);
        if (CODES.contains(code) || code.isEmpty() && CODES.contains(error.type().toLowerCase(Locale.ROOT))) {
            return true;
        }
        return status < 500 && error.param().isEmpty() && says(error.message());
    }

    private static boolean says(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return PHRASES.stream().anyMatch(lower::contains)
                && PHRASES.stream().anyMatch(QUOTED.matcher(lower).replaceAll("")::contains);
    }
}
