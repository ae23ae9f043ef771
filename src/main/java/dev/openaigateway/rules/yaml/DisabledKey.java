package dev.openaigateway.rules.yaml;

import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Locale;
import java.util.Optional;

/** Reads whether a step or a branch is disabled, as Camel does. Thread-safe. */
final class DisabledKey {

    static final String NAME = "disabled";

    private final CamelContext context;

    DisabledKey(CamelContext context) {
        this.context = context;
    }

    /** Whether an object is disabled for certain: a branch, or a step below its name. */
    boolean isOn(Node object, boolean isTemplate) {
        Node content = object instanceof MappingNode step && step.getValue().size() == 1 ? step.getValue().get(0).getValueNode() : object;
        return YamlNodes.at(content, NAME).flatMap(value -> value(value, isTemplate)).orElse(false);
    }

    /**
     * Returns the value of the key; empty if it is not known.
     *
     * @param isTemplate whether a placeholder may be a parameter of the template around it
     */
    Optional<Boolean> value(Node node, boolean isTemplate) {
        String text = String.valueOf(YamlText.text(node));
        try {
            String value = text.contains("{{") && !isTemplate ? context.resolvePropertyPlaceholders(text) : text;
            return switch (String.valueOf(value).toLowerCase(Locale.ROOT)) {
                case "true" -> Optional.of(true);
                case "false" -> Optional.of(false);
                default -> Optional.empty();
            };
        } catch (RuntimeException noValue) {
            // reported with the other placeholders
            return Optional.empty();
        }
    }
}
