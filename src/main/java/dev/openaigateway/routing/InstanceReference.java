package dev.openaigateway.routing;

import dev.openaigateway.config.InstanceSelection;
import dev.openaigateway.fallback.FallbackTrigger;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** An endpoint that refers to instances, with its overrides for policies. */
public interface InstanceReference {

    InstanceSelection selection();

    /** Overrides the priority in the settings. */
    OptionalInt priorityOverride();

    /** Overrides the weight in the settings. */
    OptionalInt weightOverride();

    /** The model to ask for in place of the request's own. */
    Optional<String> modelOverride();

    /** The failures after which this endpoint is called; empty if the rule names none. */
    Set<FallbackTrigger> when();
}
