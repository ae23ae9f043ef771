package dev.openaigateway.health;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The latest requests that failed at every deployment, each with a retry budget of its own. So a request that a client repeats uses
 * up its own retries, and adds to the debt of others once. Thread-safe.
 */
final class RepeatedRequests {

    private static final int REMEMBERED = 64;

    private final InstantSource clock;
    private final Map<Long, RetryBudget> budgets = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, RetryBudget> eldest) {
            return size() > REMEMBERED;
        }
    };

    RepeatedRequests(InstantSource clock) {
        this.clock = clock;
    }

    /** @param request identifies what was requested; returns whether it is none of the latest */
    synchronized boolean add(long request, boolean retry) {
        boolean isNew = !budgets.containsKey(request);
        RetryBudget budget = budgets.computeIfAbsent(request, any -> new RetryBudget(clock));
        if (retry) {
            budget.failed();
        }
        return isNew;
    }

    /** Whether the request has retries left. */
    synchronized boolean allows(long request) {
        RetryBudget budget = budgets.get(request);
        return budget == null || budget.allows();
    }

    synchronized void clear() {
        budgets.clear();
    }
}
