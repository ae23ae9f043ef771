package dev.openaigateway.ratelimit;

/**
 * An amount to charge against one limit.
 *
 * @param scope  names the window; the {@link LimitScope#key} of the limit
 * @param amount the amount, at least 0; 0 is checked against the limit as well
 * @param limit  the maximum sum in any 60 seconds, at least 1
 */
public record Charge(String scope, long amount, long limit, Unit unit) {

    /** What a limit counts. Decides how the charge is settled once the usage is known. */
    public enum Unit {
        /** Replaced by the tokens used. */
        TOKENS,
        /** Kept as reserved, because the upstream limits by its own estimate. */
        ESTIMATED_TOKENS,
        /** One per request, independent of its usage. */
        REQUESTS
    }

    public Charge {
        if (amount < 0 || limit < 1) {
            throw new IllegalArgumentException("charge of \"" + scope + "\": amount " + amount
                    + " must be >= 0 and limit " + limit + " must be >= 1");
        }
    }

    public static Charge tokens(String scope, long amount, long limit) {
        return new Charge(scope, amount, limit, Unit.TOKENS);
    }

    public static Charge request(String scope, long limit) {
        return new Charge(scope, 1, limit, Unit.REQUESTS);
    }

    /** Whether the amount exceeds the limit itself. */
    boolean canNeverFit() {
        return amount > limit;
    }

    public Charge withAmount(long other) {
        return new Charge(scope, other, limit, unit);
    }

    Charge withLimit(long other) {
        return new Charge(scope, amount, Math.max(1, other), unit);
    }
}
