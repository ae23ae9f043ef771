package dev.openaigateway.rules;

import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.catalog.EndpointValidationResult;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.ComponentModel;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks the options of one endpoint, in its URI and in {@code parameters}, by Camel's catalog. */
final class OptionCheck {

    private final ComponentModel model;
    private final Location location;
    private final Node uri;
    private final Node parameters;
    private final Problems problems;

    /**
     * @param uri        the node with the URI
     * @param parameters the node with the parameters; null if there are none
     */
    OptionCheck(ComponentModel model, Location location, Node uri, Node parameters, Problems problems) {
        this.model = model;
        this.location = location;
        this.uri = uri;
        this.parameters = parameters;
        this.problems = problems;
    }

    /** @param hasPath whether the URI has more than the scheme */
    void check(EndpointValidationResult result, Map<String, String> options, boolean hasPath) {
        List<String> known = model.getEndpointOptions().stream().map(BaseOptionModel::getName).sorted().toList();
        for (String name : options.keySet()) {
            if (isUnknown(name, known) && (!model.isLenientProperties() || isMisspelt(name, known))) {
                problems.at(location, key(name)).says("sets", name).because("which '" + model.getScheme() + "' does not have", known);
            }
        }
        if (result.getRequired() != null) {
            for (String name : result.getRequired()) {
                if (!hasPath || !isPath(name)) {
                    problems.at(location, uri).says("does not set", name).because("which '" + model.getScheme() + "' needs");
                }
            }
        }
        wrong(result.getInvalidInteger(), "must be a whole number");
        wrong(result.getInvalidNumber(), "must be a number");
        wrong(result.getInvalidBoolean(), "must be true or false");
        wrong(result.getInvalidDuration(), "must be a duration such as 5s");
        Map<String, String> wrongChoices = result.getInvalidEnum();
        if (wrongChoices != null) {
            wrongChoices.forEach((name, value) -> problems.at(location, value(name)).says("sets '" + name + "' to", value)
                    .because("which is not allowed", choices(name)));
        }
    }

    private List<String> choices(String name) {
        return model.getEndpointOptions().stream().filter(option -> option.getName().equals(name) && option.getEnums() != null)
                .findFirst().map(BaseOptionModel::getEnums).orElse(List.of());
    }

    private void wrong(Map<String, String> values, String requirement) {
        if (values != null) {
            values.forEach((name, value) -> {
                if (!value.contains("${") && !value.contains("{{")) {
                    problems.at(location, value(name)).says("sets '" + name + "' to", value).because("which " + requirement);
                }
            });
        }
    }

    private boolean isUnknown(String name, List<String> known) {
        boolean isListed = ComponentCatalog.isOwn(model.getJavaType()) ? known.contains(name) : known.stream().anyMatch(name::equalsIgnoreCase);
        return !isListed && model.getEndpointOptions().stream().noneMatch(option -> option.isMultiValue()
                && option.getPrefix() != null && name.startsWith(option.getPrefix()));
    }

    /** A component that passes unknown options on, as camel-http does to the server, may mean a name that is unlike all others. */
    private static boolean isMisspelt(String name, List<String> known) {
        return DidYouMean.typo(name, known).isPresent();
    }

    private boolean isPath(String name) {
        return model.getEndpointPathOptions().stream().anyMatch(option -> option.getName().equals(name));
    }

    private Node key(String name) {
        return entry(name).map(NodeTuple::getKeyNode).orElse(uri);
    }

    private Node value(String name) {
        return entry(name).map(NodeTuple::getValueNode).orElse(uri);
    }

    private Optional<NodeTuple> entry(String name) {
        return parameters instanceof MappingNode object
                ? object.getValue().stream().filter(entry -> name.equals(YamlText.key(entry))).findFirst()
                : Optional.empty();
    }
}
