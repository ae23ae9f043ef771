package dev.openaigateway.routing.policy;

import dev.openaigateway.call.Call;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;
import org.apache.camel.Exchange;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Of two candidates chosen at random, the one with the shorter time to the first content goes first; the others follow by
 * that time. A candidate without a measurement counts as the fastest, so each is measured. The choice of two spreads
 * the load over many instances. Streams are compared with streams, and whole responses with whole responses.
 */
public final class Fastest implements Policy {

    private final Kind streams;
    private final Kind whole;

    Fastest(ContentTimes times) {
        this.streams = new Kind(times, true);
        this.whole = new Kind(times, false);
    }

    @Override
    public Policy forRequest(Exchange exchange) {
        Call call = Call.find(exchange);
        return call != null && call.request().stream() ? streams : whole;
    }

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return whole.order(candidates, model);
    }

    private record Kind(ContentTimes times, boolean stream) implements Policy {

        @Override
        public List<Candidate> order(List<Candidate> candidates, String model) {
            if (candidates.size() == 1) {
                return candidates;
            }
            List<Candidate> order = preview(candidates, model);
            ThreadLocalRandom random = ThreadLocalRandom.current();
            int one = random.nextInt(order.size());
            int other = random.nextInt(order.size() - 1);
            order.add(0, order.remove(Math.min(one, other < one ? other : other + 1)));
            return order;
        }

        @Override
        public List<Candidate> preview(List<Candidate> candidates, String model) {
            Map<Candidate, Double> expected = new HashMap<>();
            candidates.forEach(candidate -> expected.put(candidate, times.expected(candidate.instance().name(), model, stream)));
            List<Candidate> order = new ArrayList<>(candidates);
            order.sort(Comparator.<Candidate>comparingDouble(expected::get).thenComparingInt(Candidate::priority));
            return order;
        }

        @Override
        public String reason(Candidate candidate, List<Candidate> among, String model) {
            long millis = Math.round(times.expected(candidate.instance().name(), model, stream) / 1_000_000);
            return (millis == 0 ? "no time to the first content yet" : millis + " ms to the first content")
                    + (among.size() > 2 ? "; the faster of two random ones goes first" : "");
        }

        @Override
        public void responded(Attempt attempt, List<Candidate> offered) {
            times.record(attempt.instance().name(), attempt.request().model(), stream, attempt.duration());
        }

        @Override
        public String name() {
            return "fastest";
        }
    }
}
