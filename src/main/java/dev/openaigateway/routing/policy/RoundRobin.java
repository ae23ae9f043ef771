package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;

import java.util.List;

/** All candidates take turns. */
public final class RoundRobin extends RankedRotation {

    public RoundRobin() {
        super((one, other) -> 0);
    }

    @Override
    public String reason(Candidate candidate, List<Candidate> among, String model) {
        return "all take turns";
    }
}
