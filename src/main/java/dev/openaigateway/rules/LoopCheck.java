package dev.openaigateway.rules;

import dev.openaigateway.rules.yaml.Findings;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Refuses routes that call each other without end. A loop is without end if no step on it depends on a condition, or if
 * none changes what a condition may ask for.
 */
final class LoopCheck {

    private final RouteGraph graph;
    private final Findings findings;
    private final Set<Set<String>> told = new HashSet<>();

    LoopCheck(RouteGraph graph, Findings findings) {
        this.graph = graph;
        this.findings = findings;
    }

    void check() {
        graph.begins().forEach(begin -> follow(begin, begin, new ArrayList<>(), new HashSet<>()));
    }

    /** Follows each route once: what lies beyond it is the same on every way to it. */
    private void follow(String first, String at, List<RouteGraph.Send> way, Set<String> seen) {
        for (RouteGraph.Send send : graph.from(at)) {
            way.add(send);
            if (send.target().equals(first)) {
                closed(first, way);
            } else if (seen.add(send.target())) {
                follow(first, send.target(), way, seen);
            }
            way.remove(way.size() - 1);
        }
    }

    private void closed(String first, List<RouteGraph.Send> way) {
        List<String> routes = new ArrayList<>(List.of(first));
        way.forEach(send -> routes.add(send.target()));
        boolean mayEnd = way.stream().anyMatch(RouteGraph.Send::isConditional) && routes.stream().anyMatch(graph::changesSomething);
        if (!mayEnd && told.add(Set.copyOf(routes))) {
            RouteGraph.Send send = way.get(0);
            findings.add(send.place(), send.node(), "sends to", send.target(), "which is a loop without end: " + String.join(" > ", routes));
        }
    }
}
