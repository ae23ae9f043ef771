package dev.openaigateway.support;

/**
 * Runs checks that depend on real time, which a busy machine can fail now and then. A check passes if one of its attempts
 * passes; a real defect fails all of them.
 */
public final class Tries {

    private Tries() {
    }

    /**
     * As {@link #oneOf} with three attempts.
     *
     * @param attempt starts from the beginning each time
     */
    public static void oneOfThree(Runnable attempt) {
        oneOf(3, attempt);
    }

    /**
     * Runs the attempt until it passes. Gives up after so many attempts, but not within {@link Eventually#TIMEOUT}: a machine
     * that is busy for some seconds may fail any number of them.
     *
     * @param tries the attempts to make in any case, at least 1
     * @throws AssertionError of the last attempt, if none passes
     */
    public static void oneOf(int tries, Runnable attempt) {
        long begin = System.nanoTime();
        for (int made = 1; ; made++) {
            try {
                attempt.run();
                return;
            } catch (AssertionError failed) {
                if (made >= tries && System.nanoTime() - begin > Eventually.TIMEOUT.toNanos()) {
                    throw failed;
                }
            }
        }
    }
}
