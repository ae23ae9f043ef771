package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Orders by the calls in flight relative to the weight, fewest first; ties by priority, and then they take turns. Candidates
 * with weight 0 are last.
 */
public final class LeastBusy implements Policy {

    private final Rotation rotation = new Rotation();

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return rotation.order(candidates, model, byLoad(candidates));
    }

    @Override
    public List<Candidate> preview(List<Candidate> candidates, String model) {
        return rotation.preview(candidates, model, byLoad(candidates));
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return candidate.instance().inFlight() + " in flight, weight " + candidate.weight() + ", priority " + candidate.priority()
                + ", ties take turns";
    }

    /** Compares the loads as they are now, because a comparator must not change while it sorts. */
    private static Comparator<Candidate> byLoad(List<Candidate> candidates) {
        Map<Candidate, Double> loads = new HashMap<>();
        for (Candidate candidate : candidates) {
            loads.put(candidate, candidate.weight() == 0 ? Double.POSITIVE_INFINITY
                    : (double) candidate.instance().inFlight() / candidate.weight());
        }
        return Comparator.<Candidate>comparingDouble(loads::get).thenComparingInt(Candidate::priority);
    }
}
