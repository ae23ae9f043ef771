package dev.openaigateway.routing;

/** How much of an instance's tokens per minute is in use. */
@FunctionalInterface
public interface Load {

    /** From 0 (idle, or without a limit) to 1 (full). */
    double share(Instance instance);
}
