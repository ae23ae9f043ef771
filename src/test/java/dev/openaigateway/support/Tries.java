package dev.openaigateway.support;

/**
 * Runs checks that depend on real time, which a busy machine can fail now and then. A check passes if one of its attempts
 * passes; a real defect fails all of them.
 */
public final class Tries {

    private Tries() {
    }

    /**
     * Runs the attempt until it passes, at most three times.
     *
     * @param attempt starts from the beginning each time
     * @throws AssertionError of the last attempt, if none passes
     */
    public static void oneOfThree(Runnable attempt) {
        oneOf(3, attempt);
    }

    /**
     * As {@link #oneOfThree}, for an attempt of several steps that all have to be in time.
     *
     * @param tries the most attempts, at least 1
     */
    public static void oneOf(int tries, Runnable attempt) {
        for (int left = tries - 1; left > 0; left--) {
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
