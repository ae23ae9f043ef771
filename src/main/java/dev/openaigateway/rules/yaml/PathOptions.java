package dev.openaigateway.rules.yaml;

import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Endpoints as Camel's tools write them, such as {@code uri: direct} with {@code parameters: { name: routing }} for {@code uri: direct:routing}.
 * Thread-safe.
 */
public final class PathOptions {

    /** What follows the colon in a URI of the component. */
    private static final Map<String, String> NAMES =
            Map.of("direct", "name", "seda", "name", "instance", "name", "reject", "status", "request", "action");

    private PathOptions() {
    }

    /** The option that follows the colon; empty for a component that is not often used in rules. */
    static Optional<String> of(String scheme) {
        return Optional.ofNullable(NAMES.get(scheme));
    }

    /** Whether it is the option that follows the colon. */
    public static boolean isPath(String scheme, String option) {
        return option != null && option.equals(NAMES.get(scheme));
    }

    /** Changes the endpoints in the tree to the short form. The place of such an endpoint is that of its option. */
    public static void shorten(Node tree) {
        YamlNodes.items(tree).forEach(PathOptions::shorten);
        if (tree instanceof MappingNode object) {
            shortenUri(object);
            object.getValue().forEach(entry -> shorten(entry.getValueNode()));
        }
    }

    private static void shortenUri(MappingNode endpoint) {
        String scheme = YamlNodes.text(endpoint, "uri").orElse("");
        Node parameters = YamlNodes.at(endpoint, "parameters").orElse(null);
        String option = NAMES.get(scheme);
        Node value = option == null || parameters == null ? null : YamlNodes.at(parameters, option).orElse(null);
        String text = value == null || value.getTag().equals(Tag.NULL) ? null : YamlText.text(value);
        if (text == null || text.isEmpty()) {
            return;
        }
        MappingNode rest = without(option, (MappingNode) parameters);
        List<NodeTuple> entries = new ArrayList<>();
        for (NodeTuple entry : endpoint.getValue()) {
            if ("uri".equals(YamlText.key(entry))) {
                entries.add(new NodeTuple(entry.getKeyNode(), new ScalarNode(Tag.STR, true, scheme + ":" + text, ScalarStyle.PLAIN, value.getStartMark(),
                        value.getEndMark())));
            } else if (entry.getValueNode() != parameters) {
                entries.add(entry);
            } else if (!rest.getValue().isEmpty()) {
                entries.add(new NodeTuple(entry.getKeyNode(), rest));
            }
        }
        endpoint.setValue(entries);
    }

    /** A copy, since an anchor may stand for the same parameters of other endpoints. */
    private static MappingNode without(String option, MappingNode parameters) {
        return new MappingNode(parameters.getTag(), true, parameters.getValue().stream().filter(entry -> !option.equals(YamlText.key(entry))).toList(),
                parameters.getFlowStyle(), parameters.getStartMark(), parameters.getEndMark());
    }
}
