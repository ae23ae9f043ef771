package dev.openaigateway.ratelimit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Sliding windows of tokens, one for each scope. A window is 60 buckets of one second and the oldest partial bucket
 * counted whole, so that in <em>any</em> 60 seconds no more is admitted than the limit. The clock never runs back: while
 * it does, the newest bucket is charged. Safe for use by several threads.
 */
interface WindowStore extends AutoCloseable {

    /** Seconds that a charge counts beside its own. */
    int SECONDS = 60;

    /** Makes all charges or none; each scope may stand in the list once. */
    Decision reserve(List<Charge> charges);

    /** The same for a request that asks more than once, and has one timeout for all of it. */
    default Decision reserve(List<Charge> charges, RedisTimeBudget budget) {
        return reserve(charges);
    }

    /**
     * Corrects charges in one step, once, never repeated; each scope may stand in the list once. Does not block and does
     * not throw; a correction that is lost admits less for 61 s, or more by what was used beyond the reserved. Completes
     * when it was made, or with the failure.
     *
     * @param location where the charges were made
     */
    CompletionStage<Void> settle(Decision.Location location, List<Correction> corrections);

    /** What is in each window now; 0 for one that was never charged. */
    Map<String, Long> used(List<String> scopes);

    @Override
    void close();
}
