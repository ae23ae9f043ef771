package dev.openaigateway.routing;

import java.time.Duration;

/** Told what an operator should know about instances. Called on the request's thread: must return at once. */
public interface InstanceListener {

    /** An attempt failed, whatever becomes of the request. */
    void failed(Instance instance, String model, FailureReason reason);

    /** The instance's breaker opened, or closed again. That a probe failed and it stays open is not told. */
    void breaker(String instance, boolean open);

    /** The upstream refused the key that the settings give this instance. */
    void badKey(Instance instance, int status);

    /** The upstream does not know a model that the settings say it serves. */
    void unknownDeployment(Instance instance, String model);

    /** The instance is left alone for a while, as it asked to be. */
    void benched(Instance instance, Duration time, FailureReason reason);

    /** A request found no instance that could take it. */
    void noneLeft(String model);
}
