package dev.openaigateway.config.load;

import java.util.Collection;
import java.util.Optional;

/** A value that its {@link ValueParser} rejects. The message states the rule, never the value. */
final class InvalidValueException extends Exception {

    private final transient Optional<String> nearest;

    InvalidValueException(String rule) {
        this(rule, Optional.empty());
    }

    private InvalidValueException(String rule, Optional<String> nearest) {
        super(rule, null, false, false);
        this.nearest = nearest;
    }

    static InvalidValueException unknownName(String rule, String wrong, Collection<String> right) {
        return new InvalidValueException(rule, DidYouMean.name(wrong, right));
    }

    Optional<String> nearest() {
        return nearest;
    }
}
