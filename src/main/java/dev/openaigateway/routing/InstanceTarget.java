package dev.openaigateway.routing;

import java.util.OptionalInt;

/** An endpoint that names instances; what a policy can read of it. */
public interface InstanceTarget {

    /** Stands for every configured instance. */
    String ANY = "*";

    /** An instance's name, or {@link #ANY}. */
    String instanceName();

    /** Overrides the priority in the settings. */
    OptionalInt priorityOverride();

    /** Overrides the weight in the settings. */
    OptionalInt weightOverride();
}
