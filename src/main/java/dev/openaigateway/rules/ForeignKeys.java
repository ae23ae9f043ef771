package dev.openaigateway.rules;

import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.rules.yaml.Schema;
import dev.openaigateway.rules.yaml.SchemaDefinition;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/** Says where a key belongs that the object around it does not have. Not thread-safe. */
final class ForeignKeys {

    private static final String BALANCER = "LoadBalancer";
    private static final Map<String, String> OF_BALANCERS = Map.of("policy", "customLoadBalancer", "ref", "customLoadBalancer",
            "strategy", "customLoadBalancer");

    private record Around(SchemaDefinition definition, String name) {
    }

    private final Schema schema;
    private final Deque<Around> around = new ArrayDeque<>();

    ForeignKeys(Schema schema) {
        this.schema = schema;
    }

    void enter(SchemaDefinition definition, String name) {
        around.push(new Around(definition, name));
    }

    void leave() {
        around.pop();
    }

    /** The known key that an unknown one means; empty if there is none. */
    static Optional<String> meant(String key, SchemaDefinition definition) {
        if (definition.model.equals("LoadBalanceDefinition")) {
            String balancer = OF_BALANCERS.getOrDefault(key, key + BALANCER);
            if (definition.keys.containsKey(balancer)) {
                return Optional.of(balancer);
            }
        }
        return DidYouMean.name(key, definition.keys.keySet());
    }

    /** The end of a sentence that says where the key belongs; empty if no object near has it. */
    Optional<String> owner(String key, MappingNode object, SchemaDefinition definition) {
        for (NodeTuple entry : object.getValue()) {
            String sibling = YamlText.key(entry);
            if (sibling != null && definition.keys.containsKey(sibling) && entry.getValueNode() instanceof MappingNode
                    && schema.definition(definition.keys.get(sibling)).keys.containsKey(key)) {
                return Optional.of("; '" + sibling + "' has it; check the indentation");
            }
        }
        for (Around outer : around) {
            if ("steps".equals(outer.name())) {
                if (outer.definition().keys.containsKey(key) && definition.keys.containsKey("steps")) {
                    return Optional.of("; it is a step and belongs into 'steps'");
                }
                break;
            }
            if (outer.definition().keys.containsKey(key) && outer.name() != null && !outer.definition().equals(definition)) {
                return Optional.of("; '" + outer.name() + "' around it has it; check the indentation");
            }
        }
        if (schema.entry().keys.containsKey(key)) {
            return Optional.of("; it is an entry of the file, beside 'route'");
        }
        return definition.keys.containsKey("parameters") && definition.keys.containsKey("uri")
                ? Optional.of("; options of the endpoint stand in 'parameters'") : Optional.empty();
    }

    /** Whether a key is a misspelt one of the object, rather than one of another object. */
    static boolean isMisspelt(String key, SchemaDefinition definition) {
        return definition.model.equals("LoadBalanceDefinition") && meant(key, definition).filter(known -> known.endsWith(BALANCER)).isPresent()
                || DidYouMean.typo(key, definition.keys.keySet()).or(() -> DidYouMean.slip(key, definition.keys.keySet())).isPresent();
    }
}
