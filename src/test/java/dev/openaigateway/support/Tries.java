package dev.openaigateway.support;

/**
 * Runs checks that depend on real time, which a busy machine can fail now and then. A check passes if one of three attempts
 * passes; a real defect fails all three.
 */
public final class Tries {

    private static final int MAX_TRIES = 3;

    private Tries() {
    }

    /**
     * Runs the attempt until it passes, at most three times.
     *
     * @param attempt starts from the beginning each time
     * @throws AssertionError of the last attempt, if none passes
     */
    public static void oneOfThree(Runnable attempt) {
        for (int left = MAX_TRIES - 1; left > 0; left--) {
            try {
                attempt.run();
                return;
            } catch (AssertionError spoiled) {
                // The next attempt shows whether the machine was the cause.
                continue;
            }
        }
        attempt.run();
    }
}
