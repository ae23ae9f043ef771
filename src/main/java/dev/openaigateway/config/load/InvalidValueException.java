package dev.openaigateway.config.load;

import dev.openaigateway.problem.DidYouMean;

import java.util.Collection;
import java.util.Optional;

/** A value that its {@link ValueParser} rejects. The message states the requirement, never the value. */
final class InvalidValueException extends Exception {

    private final transient Optional<String> nearest;

    InvalidValueException(String requirement) {
        this(requirement, Optional.empty());
    }

    private InvalidValueException(String requirement, Optional<String> nearest) {
        super(requirement, null, false, false);
        this.nearest = nearest;
    }

    static InvalidValueException unknownName(String requirement, String wrong, Collection<String> right) {
        return new InvalidValueException(requirement, DidYouMean.name(wrong, right));
    }

    static InvalidValueException meaning(String requirement, Optional<String> meant) {
        return new InvalidValueException(requirement, meant);
    }

    Optional<String> nearest() {
        return nearest;
    }
}
