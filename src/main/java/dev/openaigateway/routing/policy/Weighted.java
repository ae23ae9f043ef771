package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * By weight: of any hundred requests in a row that have the same model and candidates, each is asked first as often as
 * its share says, to within one, and evenly spread; then the heaviest. Weight 0 goes first only when all have it.
 *
 * <p>Each model and each set of candidates has turns of its own. So requests that alternate between two models are
 * shared out for both, and a candidate that is away for a while owes nothing and is owed nothing when it returns.
 */
public final class Weighted implements Policy {

    private final CandidateSetCache<WeightedTurns> turns = new CandidateSetCache<>();

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        return order(candidates, model, WeightedTurns::next);
    }

    @Override
    public List<Candidate> foresee(List<Candidate> candidates, String model) {
        return order(candidates, model, WeightedTurns::foreseen);
    }

    @Override
    public String why(Candidate candidate, List<Candidate> among, String model) {
        return "weight " + candidate.weight() + " of " + among.stream().mapToLong(Candidate::weight).sum();
    }

    private List<Candidate> order(List<Candidate> candidates, String model, ToIntFunction<WeightedTurns> turn) {
        List<Candidate> order = new ArrayList<>(candidates);
        order.sort(Comparator.comparingInt(Candidate::weight).reversed());
        List<Candidate> some = candidates.stream().filter(candidate -> candidate.weight() > 0).toList();
        List<Candidate> sharing = some.isEmpty() ? candidates : some;
        Candidate first = sharing.get(turn.applyAsInt(turns.of(model, sharing, () -> apportion(sharing))));
        order.remove(first);
        order.add(0, first);
        return order;
    }

    private static WeightedTurns apportion(List<Candidate> sharing) {
        return new WeightedTurns(sharing.stream().mapToInt(candidate -> Math.max(1, candidate.weight())).toArray());
    }
}
