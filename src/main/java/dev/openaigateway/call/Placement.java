package dev.openaigateway.call;

import java.util.Set;

/**
 * Where a request should go, since what it refers to is kept there.
 *
 * @param instances their names
 * @param isOnly    whether no other instance can serve the request; otherwise these are only tried first
 */
public record Placement(Set<String> instances, boolean isOnly) {

    public Placement {
        instances = Set.copyOf(instances);
    }
}
