package dev.openaigateway.guard;

import org.slf4j.LoggerFactory;

/**
 * Runs code that others wrote: rules, beans, jars in {@code ext}, parsers. Any error may come from it, such as that of a class that was
 * compiled against another version or of a {@code ServiceLoader} that meets a broken jar. It ends the step, never the gateway. Callers
 * catch exceptions only; {@code SourcesTest} sees to it. Thread-safe.
 */
public final class ForeignCode {

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
            if (isHeapExhausted(e)) {
                // The process ends as soon as this is logged. No static logger, since the first step may run before the log starts.
                LoggerFactory.getLogger(ForeignCode.class).error("The heap is exhausted", e);
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

    /** Whether the process is no longer reliable. A lack of threads or of direct buffers is temporary: it ends when the load drops. */
    public static boolean isHeapExhausted(Throwable thrown) {
        String message = String.valueOf(thrown.getMessage());
        return thrown instanceof OutOfMemoryError && !message.contains("native thread") && !message.contains("direct");
    }
}
