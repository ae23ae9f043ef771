package dev.openaigateway.throttle;

import dev.openaigateway.ratelimit.Admission;
import dev.openaigateway.ratelimit.Charge;
import dev.openaigateway.ratelimit.Decision;
import dev.openaigateway.ratelimit.TokenLimiter;
import dev.openaigateway.redis.RedisTimeBudget;
import dev.openaigateway.tokenizer.prompt.TokenEstimate;

import java.util.ArrayList;
import java.util.List;

/**
 * What one request asks of its limits. Of a limit of tokens it takes what is left, down to a least amount, if the client named no
 * maximum: what such a request will use is a guess, which should not refuse it. Not thread-safe.
 */
final class Demand {

    private final List<Charge> charges = new ArrayList<>(3);
    private final List<Charge> least = new ArrayList<>(3);

    void add(Charge charge) {
        add(charge, charge.amount());
    }

    /** @param leastAmount at most the amount of the charge */
    void add(Charge charge, long leastAmount) {
        charges.add(charge);
        least.add(charge.withAmount(leastAmount));
    }

    void addTokens(String scope, TokenEstimate estimate, long limit, long defaultMax, Charge.Unit unit) {
        add(new Charge(scope, estimate.amountWithin(limit, defaultMax), limit, unit), estimate.leastWithin(limit, defaultMax));
    }

    List<Charge> charges() {
        return charges;
    }

    boolean isEmpty() {
        return charges.isEmpty();
    }

    /** Whether the request is admitted even if its limits have nothing left. */
    boolean isOptional() {
        return least.stream().allMatch(charge -> charge.amount() == 0);
    }

    /** What is asked of the other limits. */
    Demand without(String scope) {
        Demand others = new Demand();
        for (int i = 0; i < charges.size(); i++) {
            if (!charges.get(i).scope().equals(scope)) {
                others.add(charges.get(i), least.get(i).amount());
            }
        }
        return others;
    }

    /**
     * Reserves all charges or none. Each try is one atomic step of the limiter, so no limit is exceeded. A refusal names the wait for
     * the least amounts.
     *
     * @param prompt tokens of the prompt, kept in the reservation
     */
    Admission reserve(TokenLimiter limiter, long prompt, RedisTimeBudget budget) {
        List<Charge> tried = charges;
        Admission admission = limiter.reserve(prompt, tried, budget);
        for (int cuts = 0; admission instanceof Decision.Refused full && !tried.equals(least); cuts++) {
            tried = cuts < charges.size() ? cut(tried, full) : least;
            admission = limiter.reserve(prompt, tried, budget);
        }
        return admission;
    }

    /** Cuts the charge that did not fit to what its limit has left; all of them to the least if that is not enough. */
    private List<Charge> cut(List<Charge> tried, Decision.Refused full) {
        List<Charge> smaller = new ArrayList<>(tried);
        for (int i = 0; i < smaller.size(); i++) {
            if (smaller.get(i).scope().equals(full.charge().scope())) {
                if (full.remaining() < least.get(i).amount()) {
                    return least;
                }
                smaller.set(i, smaller.get(i).withAmount(Math.min(smaller.get(i).amount(), full.remaining())));
            }
        }
        return smaller;
    }
}
