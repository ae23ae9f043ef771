package dev.openaigateway.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Each in its turn. */
public final class RoundRobin implements Policy {

    private final AtomicInteger turn = new AtomicInteger();

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        List<Candidate> rotated = new ArrayList<>(candidates);
        Collections.rotate(rotated, -Math.floorMod(turn.getAndIncrement(), candidates.size()));
        return rotated;
    }
}
