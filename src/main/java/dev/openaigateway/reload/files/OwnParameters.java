package dev.openaigateway.reload.files;

import dev.openaigateway.recipient.OwnComponents;
import dev.openaigateway.rules.yaml.PathOptions;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import dev.openaigateway.text.EndpointText;
import dev.openaigateway.text.UriText;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * The {@code parameters} of endpoints of the gateway's own components. Camel puts them into a URI as they are and reads them from it again, so each is
 * given to it in a form that arrives as written. Not thread-safe.
 */
final class OwnParameters {

    /** An anchor may stand for one node in several places. */
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    private OwnParameters() {
    }

    /** Changes the endpoints in the tree of a file. */
    static void escape(Node tree) {
        new OwnParameters().visit(tree);
    }

    private void visit(Node node) {
        if (!seen.add(node)) {
            return;
        }
        YamlNodes.items(node).forEach(this::visit);
        if (node instanceof MappingNode object) {
            escapeParameters(object);
            object.getValue().forEach(entry -> visit(entry.getValueNode()));
        }
    }

    private static void escapeParameters(MappingNode endpoint) {
        String scheme = EndpointText.scheme(YamlNodes.text(endpoint, "uri").orElse(""));
        if (!(YamlNodes.at(endpoint, "parameters").orElse(null) instanceof MappingNode parameters) || !OwnComponents.contain(scheme)) {
            return;
        }
        List<NodeTuple> entries = new ArrayList<>();
        for (NodeTuple entry : endpoint.getValue()) {
            entries.add(entry.getValueNode() == parameters ? new NodeTuple(entry.getKeyNode(), escaped(scheme, parameters)) : entry);
        }
        endpoint.setValue(entries);
    }

    /** A copy, since an anchor may stand for the same parameters of another component. */
    private static MappingNode escaped(String scheme, MappingNode parameters) {
        List<NodeTuple> entries = parameters.getValue().stream().map(entry -> PathOptions.isPath(scheme, YamlText.key(entry)) ? entry
                : new NodeTuple(entry.getKeyNode(), escaped(scheme, entry.getValueNode()))).toList();
        return new MappingNode(parameters.getTag(), true, entries, parameters.getFlowStyle(), parameters.getStartMark(), parameters.getEndMark());
    }

    private static Node escaped(String scheme, Node value) {
        if (!(value instanceof ScalarNode scalar) || !OwnComponents.evaluateOptions(scheme) && scalar.getValue().contains("${")) {
            return value;
        }
        return new ScalarNode(scalar.getTag(), true, UriText.escaped(scalar.getValue()), scalar.getScalarStyle(), scalar.getStartMark(), scalar.getEndMark());
    }
}
