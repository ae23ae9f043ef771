package dev.openaigateway.routing.policy;

import dev.openaigateway.routing.Candidate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sorts candidates and rotates those of equal rank. Each model and each set of candidates has its own rotation, so requests
 * that alternate between two models still reach every candidate. Thread-safe.
 */
final class Rotation {

    private final CandidateSetCache<AtomicInteger> turns = new CandidateSetCache<>();

    List<Candidate> order(List<Candidate> candidates, String model, Comparator<Candidate> rank) {
        return candidates.size() == 1 ? candidates : rotated(candidates, rank, of(model, candidates).getAndIncrement());
    }

    /** The next order; the rotation does not advance. */
    List<Candidate> preview(List<Candidate> candidates, String model, Comparator<Candidate> rank) {
        return rotated(candidates, rank, of(model, candidates).get());
    }

    private AtomicInteger of(String model, List<Candidate> candidates) {
        return turns.of(model, candidates, AtomicInteger::new);
    }

    private static List<Candidate> rotated(List<Candidate> candidates, Comparator<Candidate> rank, int turn) {
        List<Candidate> sorted = new ArrayList<>(candidates);
        sorted.sort(rank);
        int from = 0;
        for (int to = 1; to <= sorted.size(); to++) {
            if (to == sorted.size() || rank.compare(sorted.get(from), sorted.get(to)) != 0) {
                Collections.rotate(sorted.subList(from, to), -Math.floorMod(turn, to - from));
                from = to;
            }
        }
        return sorted;
    }
}
