package dev.openaigateway.routing;

import java.util.OptionalInt;

/** An endpoint that refers to instances, with its overrides for policies. */
public interface InstanceReference {

    InstanceSelection selection();

    /** Overrides the priority in the settings. */
    OptionalInt priorityOverride();

    /** Overrides the weight in the settings. */
    OptionalInt weightOverride();
}
