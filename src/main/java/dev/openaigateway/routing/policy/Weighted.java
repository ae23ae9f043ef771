package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Selects the first candidate by weight; the others follow by weight, heaviest first. In any 100 consecutive requests with
 * the same model and candidates, each candidate is first in proportion to its weight, to within one and evenly spread.
 * A candidate with weight 0 is first only if all weights are 0.
 *
 * <p>Each model and each set of candidates has its own turns. So requests that alternate between two models are
 * distributed for both, and a candidate that was unavailable for a while returns without a deficit or a surplus.
 */
public final class Weighted implements Policy {

    private final CandidateSetCache<WeightedRotation> rotations = new CandidateSetCache<>();

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return order(candidates, model, WeightedRotation::next);
    }

    @Override
    public List<Candidate> preview(List<Candidate> candidates, String model) {
        return order(candidates, model, WeightedRotation::peek);
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return "weight " + candidate.weight() + " of " + among.stream().mapToLong(Candidate::weight).sum();
    }

    private List<Candidate> order(List<Candidate> candidates, String model, ToIntFunction<WeightedRotation> turn) {
        List<Candidate> order = new ArrayList<>(candidates);
        order.sort(Comparator.comparingInt(Candidate::weight).reversed());
        List<Candidate> some = candidates.stream().filter(candidate -> candidate.weight() > 0).toList();
        List<Candidate> sharing = some.isEmpty() || some.size() == candidates.size() ? candidates : some;
        Candidate first = sharing.get(turn.applyAsInt(rotations.of(model, sharing, () -> apportion(sharing))));
        order.remove(first);
        order.add(0, first);
        return order;
    }

    private static WeightedRotation apportion(List<Candidate> sharing) {
        return new WeightedRotation(sharing.stream().mapToInt(candidate -> Math.max(1, candidate.weight())).toArray());
    }
}
