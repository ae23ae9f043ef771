package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Load;
import dev.openaigateway.routing.Policy;

import java.util.Comparator;
import java.util.List;

/** Orders by the share of the limits in use, lowest first; ties by calls in flight, then by priority. */
public final class LeastLoaded implements Policy {

    private final Load load;

    public LeastLoaded(Load load) {
        this.load = load;
    }

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        record Weighed(Candidate candidate, double share, int running) {
        }
        return candidates.stream()
                .map(candidate -> new Weighed(candidate, load.share(candidate.instance(), model), candidate.instance().inFlight()))
                .sorted(Comparator.comparingDouble(Weighed::share)
                        .thenComparingInt(Weighed::running)
                        .thenComparingInt(weighed -> weighed.candidate().priority()))
                .map(Weighed::candidate)
                .toList();
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        Instance instance = candidate.instance();
        return Math.round(load.share(instance, model) * 100) + " % of its fullest limit in use, " + instance.inFlight() + " running, priority "
                + candidate.priority();
    }
}
