package dev.openaigateway.dashboard;

import dev.openaigateway.admin.AdminRequest;
import dev.openaigateway.explain.RuleOutline;
import dev.openaigateway.explain.RuleOutline.Node;
import org.apache.camel.model.RouteDefinition;

import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The document {@code /admin/rules}: the active rules as a tree of routes, branches and steps, and what they sent to the
 * instances in the last minute. Thread-safe.
 */
public final class RulesDocument {

    /** The picture shows no more, so that a rule for a thousand instances stays readable. */
    private static final int MOST_EDGES = 60;
    private static final String INSTANCE = "instance:";

    /**
     * What a step sent to an instance in the last minute.
     *
     * @param node     the step; null if it is not in the active rules, such as that of a rule that was replaced
     * @param instance null if the step answered itself, or no instance could be tried
     */
    record Edge(Integer node, String rule, String instance, long requests, long failed) {
    }

    /** @param moreEdges the number of edges with less traffic that are left out */
    private record Document(String version, List<Node> nodes, List<Edge> edges, int moreEdges) {
    }

    /** @param active the routes that the document shows */
    private record Made(List<RouteDefinition> active, Document document) {
    }

    private final Supplier<List<RouteDefinition>> routes;
    private final RuleTraffic traffic;
    private final CachedDocument<Made> latest;

    /** @param routes the active routes of the rules; one list for each version of them */
    public RulesDocument(Supplier<List<RouteDefinition>> routes, RuleTraffic traffic, InstantSource ticks) {
        this.routes = routes;
        this.traffic = traffic;
        this.latest = new CachedDocument<>(this::make, ticks);
    }

    /** Shows new rules at once. */
    public Object show(AdminRequest request) {
        Made made = latest.get();
        // Again if another viewer's document, begun before the change, was finished after it.
        while (made.active() != routes.get()) {
            latest.expire();
            made = latest.get();
        }
        return made.document();
    }

    private Made make() {
        List<RouteDefinition> active = routes.get();
        return new Made(active, document(RuleOutline.of(active)));
    }

    private Document document(List<Node> nodes) {
        Map<String, Node> byRule = new HashMap<>();
        nodes.stream().filter(RulesDocument::sends).forEach(node -> byRule.putIfAbsent(node.rule(), node));
        nodes.forEach(node -> byRule.putIfAbsent(node.rule(), node));
        List<Edge> edges = traffic.edges().stream()
                .map(edge -> new Edge(step(nodes, byRule.get(edge.rule()), edge.instance()), edge.rule(),
                        edge.instance().isEmpty() ? null : edge.instance(), edge.requests(), edge.failed()))
                .sorted(Comparator.comparingLong(Edge::requests).reversed()).toList();
        List<Edge> shown = edges.stream().limit(MOST_EDGES).toList();
        return new Document(Integer.toHexString(nodes.hashCode()), nodes, shown, edges.size() - shown.size());
    }

    private static boolean sends(Node node) {
        return node.kind().endsWith("oadBalance") || node.target() != null && node.target().startsWith(INSTANCE);
    }

    /** The step inside a block, or of the same name, that names the instance; else one for any instance; else the block. Null if there is none. */
    private static Integer step(List<Node> nodes, Node block, String instance) {
        if (block == null) {
            return null;
        }
        List<Node> inside = instance.isEmpty() ? List.of() : nodes.stream().filter(node -> node.target() != null && node.target().startsWith(INSTANCE))
                .filter(node -> node.rule().equals(block.rule()) || isInside(nodes, node, block)).toList();
        return inside.stream().filter(node -> named(node).equals(instance)).findFirst()
                .or(() -> inside.stream().filter(node -> named(node).equals("*")).findFirst()).orElse(block).id();
    }

    private static String named(Node node) {
        return node.target().substring(INSTANCE.length()).replaceFirst("\\?.*", "");
    }

    private static boolean isInside(List<Node> nodes, Node node, Node block) {
        Node at = node;
        while (at.parent() != null && at.id() != block.id()) {
            at = nodes.get(at.parent());
        }
        return at.id() == block.id();
    }
}
