package dev.openaigateway.rules.yaml;

import dev.openaigateway.config.load.YamlReason;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.Optional;
import java.util.stream.Stream;

/** Finds values that YAML takes for a tag or an anchor, since they are not in quotes: Camel would read an empty text. */
final class LostValues {

    private LostValues() {
    }

    /** Empty if there is none. The tree has no alias of itself. */
    static Optional<YamlFault> first(Node node) {
        if (!YamlReason.isKnown(node.getTag().getValue())) {
            return Optional.of(new YamlFault(node.getStartMark(), YamlReason.TAG));
        }
        if (node instanceof ScalarNode scalar && scalar.getValue().isEmpty() && scalar.isPlain() && node.getAnchor().isPresent()) {
            return Optional.of(new YamlFault(node.getStartMark(), YamlReason.ANCHOR));
        }
        return children(node).flatMap(child -> first(child).stream()).findFirst();
    }

    private static Stream<Node> children(Node node) {
        if (node instanceof MappingNode object) {
            return object.getValue().stream().flatMap(entry -> Stream.of(entry.getKeyNode(), entry.getValueNode()));
        }
        return node instanceof SequenceNode list ? list.getValue().stream() : Stream.empty();
    }
}
