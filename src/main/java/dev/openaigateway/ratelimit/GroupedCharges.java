package dev.openaigateway.ratelimit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The charges of requests that {@code window.lua} decides in one run. If all of them fit, which is usual, the script needs only the
 * sum of each window and replies with its total, from which the decisions follow. So a run has few arguments and a short reply (benchmark
 * row "Redis limiter"). Not thread-safe.
 */
final class GroupedCharges {

    private final class Sum {

        private final int key = sums.size() + 1;
        private long amount;
        private long lowestLimit = Long.MAX_VALUE;
        private long total;
    }

    private final List<List<Charge>> requests;
    private final Map<String, Sum> sums = new LinkedHashMap<>();
    private final StringBuilder each = new StringBuilder();

    /** @param requests the charges of each request, in the order in which they are decided */
    GroupedCharges(List<List<Charge>> requests) {
        this.requests = requests;
        for (List<Charge> charges : requests) {
            each.append(charges.size()).append(' ');
            for (Charge charge : charges) {
                Sum sum = sums.computeIfAbsent(charge.scope(), first -> new Sum());
                sum.amount += charge.amount();
                sum.lowestLimit = Math.min(sum.lowestLimit, charge.limit());
                each.append(sum.key).append(' ').append(charge.amount()).append(' ').append(charge.limit()).append(' ');
            }
        }
    }

    /** The scopes of all charges, in the order of the script's keys. */
    Set<String> scopes() {
        return sums.keySet();
    }

    /** Adds the arguments of a reserve. */
    void addTo(List<Object> arguments) {
        sums.values().forEach(sum -> arguments.addAll(List.of(sum.amount, sum.lowestLimit)));
        arguments.add(each.toString());
        arguments.add(requests.size());
    }

    /** Reads the reply to a reserve. Called once. */
    List<RedisReply> replies(List<Long> reply) {
        Iterator<Long> words = reply.iterator();
        long bucket = words.next();
        long now = words.next();
        long sequence = words.next();
        boolean allFit = words.next() == 1;
        if (allFit) {
            sums.values().forEach(sum -> sum.total = words.next() - sum.amount);
        }
        List<RedisReply> replies = new ArrayList<>(requests.size());
        for (List<Charge> charges : requests) {
            Decision decision = allFit ? admitted(bucket, now, remaining(charges))
                    : words.next() == 1 ? admitted(bucket, now, charges.stream().map(charge -> words.next()).toList()) : refused(words, charges);
            replies.add(new RedisReply(decision, sequence + replies.size(), now));
        }
        return replies;
    }

    private List<Long> remaining(List<Charge> charges) {
        List<Long> remaining = new ArrayList<>(charges.size());
        for (Charge charge : charges) {
            Sum sum = sums.get(charge.scope());
            sum.total += charge.amount();
            remaining.add(charge.limit() - sum.total);
        }
        return remaining;
    }

    private static Decision admitted(long bucket, long now, List<Long> remaining) {
        return new Decision.Admitted(bucket, Decision.Location.SHARED, remaining, (bucket + WindowStore.SECONDS + 1) * 1000 - now);
    }

    private static Decision refused(Iterator<Long> words, List<Charge> charges) {
        Charge full = charges.get(Math.toIntExact(words.next()) - 1);
        long remaining = words.next();
        long wait = words.next();
        return new Decision.Refused(full, remaining, wait < 0 ? OptionalLong.empty() : OptionalLong.of(wait));
    }
}
