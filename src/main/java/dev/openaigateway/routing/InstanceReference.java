package dev.openaigateway.routing;

import java.util.OptionalInt;

/** An endpoint that refers to instances, with its overrides for policies. */
public interface InstanceReference {

    /** Matches every configured instance. */
    String ANY = "*";

    /** An instance's name, or {@link #ANY}. */
    String instanceName();

    /** Overrides the priority in the settings. */
    OptionalInt priorityOverride();

    /** Overrides the weight in the settings. */
    OptionalInt weightOverride();
}
