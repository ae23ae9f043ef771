package dev.openaigateway.guard;

/** Code that others wrote has thrown an {@link Error}, which is the cause. The gateway goes on. */
public final class ForeignCodeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ForeignCodeException(Error error) {
        super(error);
    }

    /** Whether the code called itself without end, or what it read was nested too deeply. */
    public boolean isTooDeep() {
        return getCause() instanceof StackOverflowError;
    }
}
