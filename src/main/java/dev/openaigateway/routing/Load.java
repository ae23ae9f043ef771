package dev.openaigateway.routing;

/** How much of an instance's limits is in use. Thread-safe. */
@FunctionalInterface
public interface Load {

    /** Of the limits that apply to the model, the share in use of the fullest: from 0 (idle, or no limit) to 1 (full). */
    double share(Instance instance, String model);

    /** What the limits for the model have left, as text that continues a sentence; empty if there is none. */
    default String room(Instance instance, String model) {
        return "";
    }
}
