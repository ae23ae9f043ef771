package dev.openaigateway.tokens;

import java.util.List;
import java.util.OptionalLong;

/** What {@code window.lua} says to a reserve: the decision, and its place among all operations on the first window. */
record RedisReply(Decision decision, long sequence, long now) {

    static RedisReply toReserve(List<Long> reply, List<Charge> charges) {
        long bucket = reply.get(1);
        long now = reply.get(2);
        return new RedisReply(reply.get(0) == 1 ? admitted(reply, bucket, now) : refused(reply, charges), reply.get(3), now);
    }

    private static Decision admitted(List<Long> reply, long bucket, long now) {
        return new Decision.Admitted(bucket, Decision.Place.SHARED, List.copyOf(reply.subList(4, reply.size())),
                (bucket + WindowStore.SECONDS + 1) * 1000 - now);
    }

    private static Decision refused(List<Long> reply, List<Charge> charges) {
        long wait = reply.get(6);
        return new Decision.Refused(charges.get(Math.toIntExact(reply.get(4)) - 1), reply.get(5),
                wait < 0 ? OptionalLong.empty() : OptionalLong.of(wait));
    }
}
