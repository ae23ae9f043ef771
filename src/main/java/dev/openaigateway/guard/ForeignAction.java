package dev.openaigateway.guard;

/**
 * A step without a value.
 *
 * @param <E> what the step throws besides unchecked exceptions
 */
@FunctionalInterface
public interface ForeignAction<E extends Exception> {

    void run() throws E;
}
