package dev.openaigateway.routing;

/** The share of an instance's tokens per minute that is in use. Thread-safe. */
@FunctionalInterface
public interface Load {

    /** From 0 (idle, or no limit) to 1 (full). */
    double share(Instance instance);
}
