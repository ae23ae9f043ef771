package dev.openaigateway.tokens;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * The windows on Redis, and what happens while Redis is away. This gateway's own charges are copied into memory, so that
 * it knows, when Redis is lost, what it has used of its share. No call waits longer than one timeout of Redis.
 */
final class SharedWindowStore implements WindowStore {

    private static final Logger LOG = LoggerFactory.getLogger(SharedWindowStore.class);
    private static final long WINDOW_MILLIS = (SECONDS + 1) * 1000L;

    private final RedisWindowStore redis;
    private final RedisLink link;
    private final SettlementBatch batch;
    private final MemoryWindowStore copy;
    private final OnRedisAway policy;

    SharedWindowStore(RedisWindowStore redis, OnRedisAway policy, RedisListener listener, InstantSource clock, Duration beat) {
        this.redis = redis;
        this.policy = policy;
        this.link = new RedisLink(redis, listener, clock, beat);
        this.batch = new SettlementBatch(redis::settleLater, failure -> link.lost(RedisAway.because(failure)));
        this.copy = new MemoryWindowStore(link);
        link.start();
    }

    @Override
    public Decision reserve(List<Charge> charges) {
        if (!link.isUp()) {
            return reserveAway(charges);
        }
        return policy != OnRedisAway.OPEN && link.isStrict() ? reserveInBoth(charges) : reserveShared(charges);
    }

    private Decision reserveShared(List<Charge> charges) {
        try {
            Decision decision = redis.reserve(charges);
            if (decision instanceof Decision.Admitted admitted) {
                copy.copy(charges, admitted.bucket());
            }
            return decision;
        } catch (RedisAway failure) {
            link.lost(failure);
            return reserveAway(charges);
        }
    }

    private Decision reserveAway(List<Charge> charges) {
        return switch (policy) {
            case LOCAL -> reserveShare(charges);
            case CLOSED -> new Decision.Unavailable();
            case OPEN -> Decision.Admitted.UNCOUNTED;
        };
    }

    /** Redis may have forgotten what this gateway still knows, so the own share must have room as well. */
    private Decision reserveInBoth(List<Charge> charges) {
        Decision share = reserveShare(charges);
        if (!(share instanceof Decision.Admitted own)) {
            return share;
        }
        try {
            Decision decision = redis.reserve(charges);
            if (decision instanceof Decision.Refused) {
                giveBackOwn(own, charges);
            }
            return decision;
        } catch (RedisAway failure) {
            link.lost(failure);
            if (policy == OnRedisAway.LOCAL) {
                return own;
            }
            giveBackOwn(own, charges);
            return reserveAway(charges);
        }
    }

    private void giveBackOwn(Decision.Admitted own, List<Charge> charges) {
        copy.settle(own.place(), charges.stream()
                .map(charge -> new Settlement(charge.scope(), own.bucket(), -charge.amount())).toList());
    }

    /** What is too much for the share only may fit again when Redis is back. */
    private Decision reserveShare(List<Charge> charges) {
        if (charges.stream().anyMatch(Charge::canNeverFit)) {
            return copy.reserve(charges);
        }
        int gateways = link.gateways();
        List<Charge> shares = charges.stream().map(charge -> charge.withLimit(charge.limit() / gateways)).toList();
        Decision decision = copy.reserve(shares);
        if (decision instanceof Decision.Refused refused) {
            Charge whole = charges.get(shares.indexOf(refused.limit()));
            return new Decision.Refused(whole, refused.remaining(),
                    OptionalLong.of(refused.waitMillis().orElse(WINDOW_MILLIS)));
        }
        return decision;
    }

    @Override
    public CompletionStage<Void> settle(Decision.Place place, List<Settlement> settlements) {
        CompletionStage<Void> own = copy.settle(place, settlements);
        if (place == Decision.Place.HERE || !link.isUp()) {
            return own;
        }
        return batch.add(settlements);
    }

    /** While Redis is away: what this gateway itself has used. */
    @Override
    public Map<String, Long> used(List<String> scopes) {
        if (link.isUp()) {
            try {
                return redis.used(scopes);
            } catch (RedisAway failure) {
                link.lost(failure);
            }
        }
        return copy.used(scopes);
    }

    private void sendLast() {
        try {
            redis.await(batch.close());
        } catch (RedisAway tooLate) {
            LOG.debug("The last settlements were not made", tooLate);
        }
    }

    RedisLink link() {
        return link;
    }

    @Override
    public void close() {
        link.close();
        sendLast();
        redis.close();
    }
}
