package dev.openaigateway.reload.live;

import dev.openaigateway.reload.registry.ContextSnapshot;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The beans that the active rules have bound. When a version lacks a bean of the one before, what was there before the first of them comes
 * back, not an earlier version's bean of the same name. Not thread-safe.
 */
final class RulesBeans {

    private final Map<String, ContextSnapshot> snapshots = new HashMap<>();

    /** Takes note of the beans of a version that becomes active, and removes those that it lacks. */
    void activate(RoutesVersion next) {
        next.beans().forEach(name -> snapshots.putIfAbsent(name, next.snapshot()));
        Set<String> dropped = Set.copyOf(snapshots.keySet().stream().filter(name -> !next.beans().contains(name)).toList());
        dropped.forEach(name -> snapshots.remove(name).restore(Set.of(name)));
    }
}
