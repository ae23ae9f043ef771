package dev.openaigateway.ratelimit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;

/**
 * One reply of {@code window.lua} to a reserve.
 *
 * @param sequence position among all script runs on the first window
 * @param now      time of the decision, in milliseconds since 1970
 */
record RedisReply(Decision decision, long sequence, long now) {

    /** @param requests the charges of each request, in the order in which they were sent */
    static List<RedisReply> ofReserve(List<Long> reply, List<List<Charge>> requests) {
        Iterator<Long> words = reply.iterator();
        long bucket = words.next();
        long now = words.next();
        long sequence = words.next();
        List<RedisReply> replies = new ArrayList<>(requests.size());
        for (List<Charge> charges : requests) {
            Decision decision = words.next() == 1 ? admitted(words, charges, bucket, now) : refused(words, charges);
            replies.add(new RedisReply(decision, sequence + replies.size(), now));
        }
        return replies;
    }

    private static Decision admitted(Iterator<Long> words, List<Charge> charges, long bucket, long now) {
        List<Long> remaining = charges.stream().map(charge -> words.next()).toList();
        return new Decision.Admitted(bucket, Decision.Location.SHARED, remaining, (bucket + WindowStore.SECONDS + 1) * 1000 - now);
    }

    private static Decision refused(Iterator<Long> words, List<Charge> charges) {
        Charge full = charges.get(Math.toIntExact(words.next()) - 1);
        long remaining = words.next();
        long wait = words.next();
        return new Decision.Refused(full, remaining, wait < 0 ? OptionalLong.empty() : OptionalLong.of(wait));
    }
}
