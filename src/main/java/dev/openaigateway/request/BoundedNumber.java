package dev.openaigateway.request;

import java.math.BigDecimal;
import java.util.Optional;

/** A number that a request or a rule has written. Others than these would take much time to read, or much memory to write out. */
final class BoundedNumber {

    private static final int LONGEST = 100;
    private static final int LARGEST_EXPONENT = 100;

    private BoundedNumber() {
    }

    /** Empty if the text is no number, has more than 100 characters, or is above 1E100, or has more than 100 decimals. */
    static Optional<BigDecimal> of(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BigDecimal(text)).filter(number -> Math.abs((long) number.scale()) <= LARGEST_EXPONENT);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
