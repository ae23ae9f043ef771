package dev.openaigateway.rules.yaml;

import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.Optional;
import java.util.Set;

/**
 * Leaves disabled steps and branches out of a tree. Camel builds most of them, so that their names and values must be right, but no request
 * runs one. A step stays, with its key {@code disabled}, if that is a parameter of a template, and so may be true or false. Thread-safe.
 */
public final class DisabledSteps {

    private static final Set<String> BRANCHES = Set.of("when", "otherwise", "doCatch", "doFinally");
    /** Their keys are those of other objects. */
    private static final Set<String> OPTIONS = Set.of("parameters", "properties");

    private final DisabledKey disabled;

    public DisabledSteps(CamelContext context) {
        this.disabled = new DisabledKey(context);
    }

    /** Returns the same tree if nothing in it says whether it is disabled. The nodes that stay have their places in the file. */
    public Node without(RulesText file, Node tree) {
        return file.text().contains(DisabledKey.NAME) ? running(tree, false, false) : tree;
    }

    /** Whether a step or branch of such a tree may be disabled. */
    public static boolean mayBe(Node content) {
        return YamlNodes.at(content, DisabledKey.NAME).isPresent();
    }

    /** @param hasSteps whether the items of a list may be steps or branches */
    private Node running(Node node, boolean hasSteps, boolean isTemplate) {
        if (node instanceof SequenceNode list) {
            return new SequenceNode(list.getTag(), true, list.getValue().stream().filter(item -> !hasSteps || !disabled.isOn(item, isTemplate))
                    .map(item -> running(item, false, isTemplate)).toList(), list.getFlowStyle(), list.getStartMark(), list.getEndMark());
        }
        return !(node instanceof MappingNode object) ? node
                : new MappingNode(object.getTag(), true, object.getValue().stream().flatMap(entry -> running(entry, isTemplate).stream()).toList(),
                object.getFlowStyle(), object.getStartMark(), object.getEndMark());
    }

    private Optional<NodeTuple> running(NodeTuple entry, boolean isTemplate) {
        String key = String.valueOf(YamlText.key(entry));
        Node value = entry.getValueNode();
        boolean isBranch = BRANCHES.contains(key);
        if (key.equals(DisabledKey.NAME) && disabled.value(value, isTemplate).isPresent() || isBranch && disabled.isOn(value, isTemplate)) {
            return Optional.empty();
        }
        return Optional.of(OPTIONS.contains(key) ? entry
                : new NodeTuple(entry.getKeyNode(), running(value, isBranch || key.equals("steps"), isTemplate || key.equals("routeTemplate"))));
    }
}
