package dev.openaigateway.config.load;

/** Parses the text of a setting. */
@FunctionalInterface
interface ValueParser<T> {

    /** @throws InvalidValueException if the text is not a valid value */
    T read(String text) throws InvalidValueException;
}
