package dev.openaigateway.routing;

import java.util.Arrays;

/**
 * Whose turn it is among fixed weights: of any {@value #WINDOW} turns in a row each gets its share to within one turn.
 *
 * <p>Turns are given as Tijdeman solves the chairman assignment problem (Discrete Mathematics 32, 1980): of those that
 * are owed enough of a turn, the one that would be overdue first. That keeps every count from the beginning within one
 * of its share, so the first window is right. Each later turn stays with the one that had it a window before, or passes
 * from one that had at least its share of the window to one that had at most its share; so no window is farther off.
 */
final class Apportionment {

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
    Apportionment(int... weights) {
        this.weights = Arrays.stream(weights).asLongStream().toArray();
        sum = Arrays.stream(this.weights).sum();
        parts = Math.max(1, 2 * weights.length - 2);
        owed = new long[weights.length];
        had = new int[weights.length];
        Arrays.fill(window, NOBODY);
    }

    /** Gives the next turn; not thread-safe. */
    int next() {
        for (int i = 0; i < weights.length; i++) {
            owed[i] += weights[i];
        }
        int before = window[position];
        int next = soonestOverdue(before);
        if (before != NOBODY) {
            had[before]--;
        }
        had[next]++;
        owed[next] -= sum;
        window[position] = next;
        position = (position + 1) % WINDOW;
        return next;
    }

    private int soonestOverdue(int before) {
        int soonest = before;
        double earliest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < weights.length; i++) {
            double overdue = (double) ((parts - 1) * sum - parts * owed[i]) / weights[i];
            if (parts * owed[i] >= sum && overdue < earliest && mayPass(before, i)) {
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
