package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;

import java.util.List;

/** Each in its turn. */
public final class RoundRobin extends InTurn {

    public RoundRobin() {
        super((one, other) -> 0);
    }

    @Override
    public String why(Candidate candidate, List<Candidate> among, String model) {
        return "all in turn";
    }
}
