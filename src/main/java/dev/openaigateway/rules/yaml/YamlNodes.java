package dev.openaigateway.rules.yaml;

import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.List;
import java.util.Optional;

/** Reads values of YAML objects. */
public final class YamlNodes {

    private YamlNodes() {
    }

    /** The node at a path of keys; empty if one of them is missing. */
    public static Optional<Node> at(Node node, String... path) {
        Node found = node;
        for (String key : path) {
            found = found instanceof MappingNode object ? value(object, key) : null;
        }
        return Optional.ofNullable(found);
    }

    public static Optional<String> text(Node node, String... path) {
        return at(node, path).map(YamlText::text);
    }

    /** The URI of a step that sends, such as {@code to}, written in short or with parameters; empty if it has none. */
    public static Optional<String> uri(Node send) {
        return Optional.ofNullable(YamlText.text(send)).or(() -> text(send, "uri"));
    }

    /** The steps in a node; empty if it has none. */
    public static List<Node> steps(Node node) {
        return at(node, "steps").map(YamlNodes::items).orElse(List.of());
    }

    /** The items of a list; empty for another node. */
    public static List<Node> items(Node node) {
        return node instanceof SequenceNode list ? list.getValue() : List.of();
    }

    private static Node value(MappingNode object, String key) {
        for (NodeTuple entry : object.getValue()) {
            if (key.equals(YamlText.key(entry))) {
                return entry.getValueNode();
            }
        }
        return null;
    }

    /** The id of the route or template in an entry of a file; null if the entry has none. */
    public static String routeId(Node entry) {
        return text(entry, "route", "id").or(() -> text(entry, "from", "id")).or(() -> text(entry, "routeTemplate", "id"))
                .or(() -> text(entry, "routeConfiguration", "id")).or(() -> text(entry, "templatedRoute", "routeId")).orElse(null);
    }
}
