package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;
import dev.openaigateway.routing.Policy;

import java.util.Comparator;
import java.util.List;

/** Orders candidates by rank; ties take turns. */
abstract class RankedRotation implements Policy {

    private final Comparator<Candidate> rank;
    private final Rotation rotation = new Rotation();

    RankedRotation(Comparator<Candidate> rank) {
        this.rank = rank;
    }

    @Override
    public final List<Candidate> order(List<Candidate> candidates, String model) {
        return rotation.order(candidates, model, rank);
    }

    @Override
    public final List<Candidate> preview(List<Candidate> candidates, String model) {
        return rotation.preview(candidates, model, rank);
    }
}
