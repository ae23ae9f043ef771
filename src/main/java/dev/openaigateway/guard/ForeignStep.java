package dev.openaigateway.guard;

/**
 * A step that returns a value.
 *
 * @param <T> type of the value
 * @param <E> what the step throws besides unchecked exceptions
 */
@FunctionalInterface
public interface ForeignStep<T, E extends Exception> {

    T run() throws E;
}
