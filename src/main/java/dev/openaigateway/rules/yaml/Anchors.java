package dev.openaigateway.rules.yaml;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Judges what the aliases of anchors stand for: Camel and the check follow each alias as if the text stood there, so one may not lead to
 * itself, and a few in one another may not make a text of gigabytes. Not thread-safe.
 */
final class Anchors {

    private static final long MOST_NODES = 100_000;

    /** The numbers of nodes that nodes stand for; 0 while one is counted. */
    private final Map<Node, Long> sizes = new IdentityHashMap<>();
    private YamlFault fault;

    /** Returns what is wrong with the aliases in a tree; empty if nothing is. */
    static Optional<YamlFault> fault(Node tree) {
        Anchors anchors = new Anchors();
        if (anchors.size(tree) - anchors.sizes.size() > MOST_NODES && anchors.fault == null) {
            anchors.fault = new YamlFault(Optional.empty(), "its aliases stand for more than " + MOST_NODES + " nodes");
        }
        return Optional.ofNullable(anchors.fault);
    }

    private long size(Node node) {
        Long known = sizes.putIfAbsent(node, 0L);
        if (known != null) {
            if (known == 0 && fault == null) {
                fault = new YamlFault(node.getStartMark(), "the anchor" + node.getAnchor().map(anchor -> " '" + anchor.getValue() + "'").orElse("")
                        + " that begins here contains an alias of itself");
            }
            return known;
        }
        long size = 1;
        for (Node child : children(node)) {
            size = Math.min(Integer.MAX_VALUE, size + size(child));
        }
        sizes.put(node, size);
        return size;
    }

    /** Keys are texts. */
    private static List<Node> children(Node node) {
        if (node instanceof MappingNode object) {
            return object.getValue().stream().map(NodeTuple::getValueNode).toList();
        }
        return node instanceof SequenceNode list ? list.getValue() : List.of();
    }
}
