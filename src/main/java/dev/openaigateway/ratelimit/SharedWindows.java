package dev.openaigateway.ratelimit;

import dev.openaigateway.redis.RedisBreaker;
import dev.openaigateway.redis.RedisProbe;
import dev.openaigateway.redis.RedisTimeBudget;
import dev.openaigateway.redis.SharedValues;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Windows that several gateways share, in a store that may be unavailable. Thread-safe. */
interface SharedWindows extends WindowStore, RedisProbe {

    /** Starts a reservation. */
    CompletionStage<RedisReply> reserveLater(List<Charge> charges);

    /** Completes with the position among all script runs on the first window. Scopes may be repeated. */
    CompletionStage<Long> settleLater(List<Correction> corrections);

    @Override
    default Decision reserve(List<Charge> charges, RedisTimeBudget budget) {
        return await(reserveLater(charges), budget).decision();
    }

    @Override
    default CompletionStage<Void> settle(Decision.Location location, List<Correction> corrections) {
        return settleLater(corrections).thenApply(position -> null);
    }

    @Override
    default <T> T await(CompletionStage<T> reply) {
        return await(reply, new RedisTimeBudget());
    }

    /** As {@link #await(CompletionStage)}, and no longer than what the request has left. */
    <T> T await(CompletionStage<T> reply, RedisTimeBudget budget);

    /** Whether a request may wait for a whole timeout. Only then does a missing reply show that the store may be lost. */
    boolean allows(RedisTimeBudget budget);

    /** Sets how long one call may wait. */
    void setTimeout(Duration timeout);

    /** Values beside the windows, which are not used while the breaker is open; null if the store keeps none. */
    SharedValues values(RedisBreaker breaker);
}
