package dev.openaigateway.ratelimit;

import dev.openaigateway.redis.RedisTimeBudget;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

/**
 * Sliding windows, one per scope. A window is 60 buckets of one second plus the oldest partial bucket, counted in full, so
 * that no more than the limit is admitted in <em>any</em> 60 seconds. If the clock is set back, the newest bucket is charged
 * until it catches up. Thread-safe.
 */
interface WindowStore extends AutoCloseable {

    /** Number of seconds that a charge counts, in addition to the second in which it was made. */
    int SECONDS = 60;

    /** As {@link #reserve(List, RedisTimeBudget)}, for a request that reserves once. */
    default Decision reserve(List<Charge> charges) {
        return reserve(charges, new RedisTimeBudget());
    }

    /** Makes all charges or none, atomically. Each scope may occur once. */
    Decision reserve(List<Charge> charges, RedisTimeBudget budget);

    /**
     * Corrects charges atomically and at most once. Each scope may occur once. Does not block and does not throw. A lost
     * correction admits less for 61 s. Completes when the correction was made, or with the failure.
     *
     * @param location where the charges were made
     */
    CompletionStage<Void> settle(Decision.Location location, List<Correction> corrections);

    /** The current sum of each window; 0 if it was never charged. */
    Map<String, Long> used(List<String> scopes);

    /** Reads the window of each charge, in their order, and when the charge alone would fit. Charges nothing. Each scope may occur once. */
    List<WindowReading> read(List<Charge> charges);

    @Override
    void close();
}
