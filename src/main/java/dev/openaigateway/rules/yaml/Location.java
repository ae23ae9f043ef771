package dev.openaigateway.rules.yaml;

import java.util.Set;

/**
 * The location of a node in a file.
 *
 * @param file  the file
 * @param entry the kind of the file's entry around the node, such as {@code route}; null at the top
 * @param route the id of the route around it; null outside routes and if the route has none
 * @param step  the name of the key around it, such as {@code loadBalance}; null at the top of a file
 * @param outer the place around it; null at the top of a file
 */
public record Location(RulesText file, String entry, String route, String step, Location outer) {

    public static Location top(RulesText file) {
        return new Location(file, null, null, null, null);
    }

    /** @param route the id of the route; null if it has none */
    public Location ofEntry(String route) {
        return new Location(file, entry, route, step, outer);
    }

    public Location in(String key) {
        return new Location(file, entry == null ? key : entry, route, key, this);
    }

    /** Whether one of the keys around the node has one of these names. */
    public boolean isInside(Set<String> keys) {
        return step != null && keys.contains(step) || outer != null && outer.isInside(keys);
    }

    /** The key around an expression: {@code when} for {@code when: { simple: ... }}, also if it is written with {@code expression:}. */
    public String holder() {
        Location around = outer;
        while (around != null && "expression".equals(around.step)) {
            around = around.outer;
        }
        return around == null ? null : around.step;
    }

    /** The name of the step around a step; null if it is a step of the route itself. */
    public String parentStep() {
        Location around = outer;
        while (around != null && "steps".equals(around.step)) {
            around = around.outer;
        }
        return around == null ? null : around.step;
    }

    /** The subject of a sentence about a problem. */
    public String subject() {
        if (route != null) {
            return entry == null || entry.equals("route") || entry.equals("from") ? "route '" + route + "'" : entry + " '" + route + "'";
        }
        return step == null ? "the file" : "'" + step + "'";
    }
}
