package dev.openaigateway.ratelimit;

/**
 * One entry to be made against one limit.
 *
 * @param scope  whose window it is, such as {@code client:alice} or {@code instance:azure-east}; one limit has one scope
 * @param amount what is taken, at least 0; 0 is checked against the limit all the same
 * @param limit  what any 60 seconds may hold, at least 1
 */
public record Charge(String scope, long amount, long limit, Unit unit) {

    /** What a limit counts, and with that, what becomes of the charge when the usage is known. */
    public enum Unit {
        /** Replaced by what was used. */
        TOKENS,
        /** Stays as reserved, where the upstream judges its estimate and not the usage. */
        ESTIMATED_TOKENS,
        /** One for each request, whatever it uses. */
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

    /** Whether it is more than the limit ever has room for. */
    boolean canNeverFit() {
        return amount > limit;
    }

    Charge withLimit(long other) {
        return new Charge(scope, amount, Math.max(1, other), unit);
    }
}
