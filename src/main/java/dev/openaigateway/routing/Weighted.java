package dev.openaigateway.routing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * By weight: of any hundred requests in a row that have the same candidates, each is asked first as often as its share
 * says, to within one, and evenly spread; then the heaviest. Weight 0 goes first only when all have it.
 *
 * <p>Each set of candidates has turns of its own, so one that is away for a while owes nothing and is owed nothing when
 * it returns. The {@value #MOST_SETS} sets used last are remembered.
 */
public final class Weighted implements Policy {

    private static final int MOST_SETS = 256;

    private final Map<List<Share>, Apportionment> turns = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<List<Share>, Apportionment> eldest) {
            return size() > MOST_SETS;
        }
    };

    private record Share(String instance, int weight) {

        static Share of(Candidate candidate) {
            return new Share(candidate.instance().name(), Math.max(1, candidate.weight()));
        }
    }

    @Override
    public List<Candidate> order(List<Candidate> candidates, String model) {
        List<Candidate> order = new ArrayList<>(candidates);
        order.sort(Comparator.comparingInt(Candidate::weight).reversed());
        List<Candidate> sharing = candidates.stream().filter(candidate -> candidate.weight() > 0).toList();
        Candidate first = pick(sharing.isEmpty() ? candidates : sharing);
        order.remove(first);
        order.add(0, first);
        return order;
    }

    private Candidate pick(List<Candidate> candidates) {
        List<Share> shares = candidates.stream().map(Share::of).toList();
        synchronized (turns) {
            return candidates.get(turns.computeIfAbsent(shares, Weighted::apportion).next());
        }
    }

    private static Apportionment apportion(List<Share> shares) {
        return new Apportionment(shares.stream().mapToInt(Share::weight).toArray());
    }
}
