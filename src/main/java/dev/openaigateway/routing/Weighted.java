package dev.openaigateway.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Smooth weighted round-robin, as nginx does it: at each pick every candidate gains its weight, the richest is picked
 * and pays the sum of all. Within any run of picks as long as that sum each gets exactly its share, evenly spread.
 */
public final class Weighted implements Policy {

    private final Map<String, Integer> credit = new HashMap<>();
    private final Map<String, Integer> weights = new HashMap<>();

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        List<Candidate> order = new ArrayList<>(candidates);
        order.sort(Comparator.comparingInt(Candidate::weight).reversed());
        Candidate first = pick(order.get(0).weight() == 0 ? candidates
                : candidates.stream().filter(candidate -> candidate.weight() > 0).toList());
        order.remove(first);
        order.add(0, first);
        return order;
    }

    private synchronized Candidate pick(List<Candidate> candidates) {
        forgetCreditOfOtherWeights(candidates);
        int sum = 0;
        Candidate richest = candidates.get(0);
        int most = Integer.MIN_VALUE;
        for (Candidate candidate : candidates) {
            sum += candidate.weight();
            int has = credit.merge(candidate.instance().name(), candidate.weight(), Integer::sum);
            if (has > most) {
                most = has;
                richest = candidate;
            }
        }
        credit.merge(richest.instance().name(), -sum, Integer::sum);
        return richest;
    }

    /** A debt made under a great weight would keep an instance waiting for long under a small one. */
    private void forgetCreditOfOtherWeights(List<Candidate> candidates) {
        for (Candidate candidate : candidates) {
            Integer known = weights.put(candidate.instance().name(), candidate.weight());
            if (known != null && known != candidate.weight()) {
                credit.clear();
            }
        }
    }
}
