package dev.openaigateway.guard;

import org.slf4j.LoggerFactory;

/**
 * Runs code that others wrote: rules, beans, jars in {@code ext}, parsers. Any error may come from it, such as that of a class that was
 * compiled against another version or of a {@code ServiceLoader} that meets a broken jar. It ends the step, never the gateway. Callers
 * catch exceptions only; {@code SourcesTest} sees to it. Thread-safe.
 */
public final class ForeignCode {

    private static final int DEEPEST_CAUSE = 20;

    private ForeignCode() {
    }

    /**
     * Returns what the step returns.
     *
     * @throws E                    as the step throws it
     * @throws ForeignCodeException if the step throws an {@link Error}, unless the heap is exhausted: then it comes as it is
     */
    public static <T, E extends Exception> T call(ForeignStep<T, E> step) throws E {
        try {
            return step.run();
        } catch (Error e) {
            if (reportExhaustedHeap(e)) {
                throw e;
            }
            throw new ForeignCodeException(e);
        }
    }

    /** As {@link #call}, for a step without a value. */
    public static <E extends Exception> void run(ForeignAction<E> step) throws E {
        call(() -> {
            step.run();
            return null;
        });
    }

    /**
     * Logs the error if it, or one of its causes, says that the heap is exhausted. The process ends as soon as this is logged, so it must be called
     * wherever an exception could end otherwise than in a log: Camel puts the error of a step into an exception.
     *
     * @param thrown null for nothing
     * @return whether it is so
     */
    public static boolean reportExhaustedHeap(Throwable thrown) {
        boolean exhausted = isCausedByExhaustedHeap(thrown);
        if (exhausted) {
            // No static logger, since the first step may run before the log starts.
            LoggerFactory.getLogger(ForeignCode.class).error("The heap is exhausted", thrown);
        }
        return exhausted;
    }

    /**
     * As {@link #isHeapExhausted}, for the error or one of its causes.
     *
     * @param thrown null for nothing
     */
    public static boolean isCausedByExhaustedHeap(Throwable thrown) {
        int depth = 0;
        for (Throwable at = thrown; at != null && depth < DEEPEST_CAUSE; at = at.getCause()) {
            if (isHeapExhausted(at)) {
                return true;
            }
            depth++;
        }
        return false;
    }

    /** Whether the process is no longer reliable. A lack of threads or of direct buffers is temporary: it ends when the load drops. */
    public static boolean isHeapExhausted(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        return thrown instanceof OutOfMemoryError && !message.contains("native thread") && !message.contains("direct");
    }
}
