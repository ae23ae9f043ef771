package dev.openaigateway.config.load;

import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

import java.util.HashSet;
import java.util.Set;

/** The nodes of a YAML text that stand in more than one place, by aliases. Not thread-safe. */
final class SharedNodes {

    /** By identity, as nodes are compared. */
    private final Set<Node> seen = new HashSet<>();
    private final Set<Node> shared = new HashSet<>();

    SharedNodes(Node root) {
        visit(root);
    }

    private void visit(Node node) {
        if (!seen.add(node)) {
            shared.add(node);
        } else if (node instanceof SequenceNode list) {
            list.getValue().forEach(this::visit);
        } else if (node instanceof MappingNode mapping) {
            mapping.getValue().stream().map(NodeTuple::getValueNode).forEach(this::visit);
        }
    }

    boolean contains(Node node) {
        return shared.contains(node);
    }
}
