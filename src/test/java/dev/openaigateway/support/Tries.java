package dev.openaigateway.support;

/**
 * Shows what only time shows and what a busy machine may spoil now and then: it counts as shown when it comes true in one
 * of three tries. What is broken fails each time.
 */
public final class Tries {

    private static final int MOST = 3;

    private Tries() {
    }

    /** @param attempt begins anew each time; an {@link AssertionError} of the last one gets out */
    public static void oneOfThree(Runnable attempt) {
        for (int left = MOST - 1; left > 0; left--) {
            try {
                attempt.run();
                return;
            } catch (AssertionError spoiled) {
                // The next try tells whether it was the machine.
                continue;
            }
        }
        attempt.run();
    }
}
