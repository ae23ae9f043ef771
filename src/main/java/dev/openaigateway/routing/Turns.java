package dev.openaigateway.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Sorts candidates, and among those that compare as equal gives each its turn to be first. */
final class Turns {

    private final AtomicInteger turn = new AtomicInteger();

    List<Candidate> order(List<Candidate> candidates, Comparator<Candidate> rank) {
        int now = turn.getAndIncrement();
        List<Candidate> sorted = new ArrayList<>(candidates);
        sorted.sort(rank);
        int from = 0;
        for (int to = 1; to <= sorted.size(); to++) {
            if (to == sorted.size() || rank.compare(sorted.get(from), sorted.get(to)) != 0) {
                Collections.rotate(sorted.subList(from, to), -Math.floorMod(now, to - from));
                from = to;
            }
        }
        return sorted;
    }
}
