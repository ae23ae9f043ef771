package dev.openaigateway.ratelimit;

import dev.openaigateway.redis.RedisBreaker;
import dev.openaigateway.redis.RedisTimeBudget;
import dev.openaigateway.redis.RedisUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Asks Redis for decisions. One late reply is not a loss of Redis: the breaker takes a second look. Thread-safe. */
final class SharedDecisions {

    private static final Logger LOG = LoggerFactory.getLogger(SharedDecisions.class);

    private final SharedWindows redis;
    private final RedisBreaker breaker;

    SharedDecisions(SharedWindows redis, RedisBreaker breaker) {
        this.redis = redis;
        this.breaker = breaker;
    }

    /** The reply of Redis; null if there is none, because Redis is lost or the request has waited long enough. */
    RedisReply of(List<Charge> charges, RedisTimeBudget budget) {
        CompletableFuture<RedisReply> reply = redis.reserveLater(charges).toCompletableFuture();
        boolean whole = redis.allows(budget);
        try {
            return redis.await(reply, budget);
        } catch (RedisUnavailableException failure) {
            boolean alive = whole && !breaker.isLost(failure);
            if (reply.isDone() && !reply.isCompletedExceptionally()) {
                return reply.join();
            }
            RedisReply late = alive ? again(reply, charges) : null;
            reply.cancel(false);
            return late;
        }
    }

    /** Redis responds: waits for the reply that is late, or repeats the call that failed with its connection. */
    private RedisReply again(CompletableFuture<RedisReply> late, List<Charge> charges) {
        try {
            return redis.await(late.isCompletedExceptionally() ? redis.reserveLater(charges) : late);
        } catch (RedisUnavailableException failure) {
            LOG.debug("Redis responds, but not to a reservation", failure.getCause());
            return null;
        }
    }
}
