package dev.openaigateway.config;

/** Turns the text of a setting into its value. */
@FunctionalInterface
interface Rule<T> {

    /** @throws BrokenRule when the text is not such a value */
    T read(String text) throws BrokenRule;
}
