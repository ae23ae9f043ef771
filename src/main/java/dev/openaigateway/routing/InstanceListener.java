package dev.openaigateway.routing;

import java.time.Duration;

/** Told what an operator should know about instances. Called on the request's thread: must return at once. */
public interface InstanceListener {

    /** The upstream refused the key that the settings give this instance. */
    void badKey(Instance instance, int status);

    /** The instance is left alone for a while, as it asked to be. */
    void benched(Instance instance, Duration time, FailureReason reason);

    /** A request found no instance that could take it. */
    void noneLeft(String model);
}
