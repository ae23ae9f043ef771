package dev.openaigateway.routing.policy;

import java.util.Arrays;

/**
 * Whose turn it is among fixed weights: of any {@value #WINDOW} turns in a row each gets its share to within one turn.
 *
 * <p>Turns are given as Tijdeman solves the chairman assignment problem (Discrete Mathematics 32, 1980): of those that
 * are owed enough of a turn, the one that would be overdue first. That keeps every count from the beginning within one
 * of its share, so the first window is right. Each later turn stays with the one that had it a window before, or passes
 * from one that had at least its share of the window to one that had at most its share; so no window is farther off.
 * Thread-safe.
 */
final class WeightedTurns {

    static final int WINDOW = 100;
    private static final int NOBODY = -1;

    private final long[] weights;
    private final long sum;
    private final int parts;
    private final long[] owed;
    private final int[] window = new int[WINDOW];
    private final int[] had;
    private int position;

    /** @param weights all above zero, at least one */
    WeightedTurns(int... weights) {
        this.weights = Arrays.stream(weights).asLongStream().toArray();
        sum = Arrays.stream(this.weights).sum();
        parts = Math.max(1, 2 * weights.length - 2);
        owed = new long[weights.length];
        had = new int[weights.length];
        Arrays.fill(window, NOBODY);
    }

    /** Gives the next turn. */
    synchronized int next() {
        int before = window[position];
        int next = soonestOverdue(before);
        for (int i = 0; i < weights.length; i++) {
            owed[i] += weights[i];
        }
        if (before != NOBODY) {
            had[before]--;
        }
        had[next]++;
        owed[next] -= sum;
        window[position] = next;
        position = (position + 1) % WINDOW;
        return next;
    }

    /** Who gets the next turn; it is not given yet. */
    synchronized int foreseen() {
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
        return from == NOBODY || from == to
                || had[from] * sum >= WINDOW * weights[from] && had[to] * sum <= WINDOW * weights[to];
    }
}
