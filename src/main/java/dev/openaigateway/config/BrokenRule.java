package dev.openaigateway.config;

import java.util.Collection;
import java.util.Optional;

/** A value is not what its {@link Rule} asks for. The message states the rule, never the value. */
final class BrokenRule extends Exception {

    private final transient Optional<String> nearest;

    BrokenRule(String rule) {
        this(rule, Optional.empty());
    }

    private BrokenRule(String rule, Optional<String> nearest) {
        super(rule, null, false, false);
        this.nearest = nearest;
    }

    static BrokenRule unknownName(String rule, String wrong, Collection<String> right) {
        return new BrokenRule(rule, Nearest.name(wrong, right));
    }

    Optional<String> nearest() {
        return nearest;
    }
}
