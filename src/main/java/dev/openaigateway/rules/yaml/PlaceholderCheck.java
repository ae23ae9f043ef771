package dev.openaigateway.rules.yaml;

import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.util.Set;

/** Checks the placeholders of all texts of an entry, also of those that no other check reads, such as {@code precondition}. */
public final class PlaceholderCheck {

    /** Texts for people, in which Camel replaces nothing. */
    private static final Set<String> FOR_PEOPLE = Set.of("description", "note", "group");

    private final CamelContext context;
    private final Problems problems;

    public PlaceholderCheck(CamelContext context, Problems problems) {
        this.context = context;
        this.problems = problems;
    }

    /** Reports nothing at a place that has a problem already, since other checks say more about it. */
    public void check(Location location, Node node) {
        YamlNodes.items(node).forEach(item -> check(location, item));
        if (node instanceof MappingNode object) {
            for (NodeTuple entry : object.getValue()) {
                if (!FOR_PEOPLE.contains(String.valueOf(YamlText.key(entry)))) {
                    check(location.entry() == null ? location.in(YamlText.key(entry)) : location, entry.getValueNode());
                }
            }
        } else if (node instanceof ScalarNode scalar && scalar.getValue().contains("{{") && !problems.isReported(location, node)) {
            PropertyPlaceholders.resolve(context, location, node, problems);
        }
    }
}
