package dev.openaigateway.config.load;

/** Turns the text of a setting into its value. */
@FunctionalInterface
interface ValueParser<T> {

    /** @throws InvalidValueException when the text is not such a value */
    T read(String text) throws InvalidValueException;
}
