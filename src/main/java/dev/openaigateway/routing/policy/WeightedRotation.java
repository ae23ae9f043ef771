package dev.openaigateway.routing.policy;

import java.util.Arrays;

/**
 * Assigns turns by fixed weights: in any {@value #WINDOW} consecutive turns each gets its share to within one turn.
 *
 * <p>The first window follows Tijdeman's solution of the chairman assignment problem (Discrete Mathematics 32, 1980):
 * among eligible candidates it selects the one with the earliest deadline. That keeps every count within one
 * of its share. Each later turn stays with its holder of one window before, or passes from one that had at least
 * its share of the window to one that had at most its share, so no window deviates further.
 * Thread-safe.
 */
final class WeightedRotation {

    static final int WINDOW = 100;
    private static final int NONE = -1;

    private final long[] weights;
    private final long sum;
    private final int parts;
    private final long[] owed;
    private final int[] window = new int[WINDOW];
    private final int[] had;
    private int position;

    /** @param weights all above zero, at least one */
    WeightedRotation(int... weights) {
        this.weights = Arrays.stream(weights).asLongStream().toArray();
        sum = Arrays.stream(this.weights).sum();
        parts = Math.max(1, 2 * weights.length - 2);
        owed = new long[weights.length];
        had = new int[weights.length];
        Arrays.fill(window, NONE);
    }

    /** Takes the next turn. */
    synchronized int next() {
        int before = window[position];
        int next = soonestOverdue(before);
        for (int i = 0; i < weights.length; i++) {
            owed[i] += weights[i];
        }
        if (before != NONE) {
            had[before]--;
        }
        had[next]++;
        owed[next] -= sum;
        window[position] = next;
        position = (position + 1) % WINDOW;
        return next;
    }

    /** The index that the next turn goes to; the turn is not taken. */
    synchronized int peek() {
        return soonestOverdue(window[position]);
    }

    private int soonestOverdue(int before) {
        int soonest = before;
        double earliest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < weights.length; i++) {
            long owedNow = owed[i] + weights[i];
            double overdue = (double) ((parts - 1) * sum - parts * owedNow) / weights[i];
            if (parts * owedNow >= sum && overdue < earliest && mayPass(before, i)) {
                soonest = i;
                earliest = overdue;
            }
        }
        return soonest;
    }

    private boolean mayPass(int from, int to) {
        return from == NONE || from == to
                || had[from] * sum >= WINDOW * weights[from] && had[to] * sum <= WINDOW * weights[to];
    }
}
