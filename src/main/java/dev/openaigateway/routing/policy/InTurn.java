package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.Comparator;
import java.util.List;

/** Orders candidates by rank; those of equal rank take turns. */
abstract class InTurn implements Policy {

    private final Comparator<Candidate> rank;
    private final Turns turns = new Turns();

    InTurn(Comparator<Candidate> rank) {
        this.rank = rank;
    }

    @Override
    public final List<Candidate> order(List<Candidate> candidates, String model) {
        return turns.order(candidates, model, rank);
    }

    @Override
    public final List<Candidate> foresee(List<Candidate> candidates, String model) {
        return turns.foresee(candidates, model, rank);
    }
}
