package dev.openaigateway.rules.yaml;

import dev.openaigateway.config.load.DidYouMean;
import dev.openaigateway.rules.yaml.Shape.Kind;
import org.apache.camel.util.StringHelper;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Compares YAML nodes with Camel's schema: keys, types, what must be there. Hands each node on to a visitor. */
public final class ShapeCheck {

    /** Called for each node with a shape of its own, parents first, also for nodes with problems. */
    public interface Visitor {

        void visit(Shape shape, Node node, Place place);
    }

    /** Definitions in which an expression may be absent. */
    private static final Set<String> WITHOUT_EXPRESSION = Set.of("SortDefinition", "TransformDefinition", "LoadBalanceDefinition",
            "ErrorHandlerDeserializer", "ErrorHandlerDefinition");

    private final Schema schema;
    private final Findings findings;
    private final Visitor visitor;

    public ShapeCheck(Schema schema, Findings findings, Visitor visitor) {
        this.schema = schema;
        this.findings = findings;
        this.visitor = visitor;
    }

    public void check(Node node, Shape shape, Place place) {
        visitor.visit(shape, node, place);
        if (node instanceof ScalarNode scalar) {
            scalar(scalar, shape, place);
        } else if (node instanceof SequenceNode list) {
            list(list, shape, place);
        } else if (node instanceof MappingNode object) {
            object(object, shape, place);
        }
    }

    private void scalar(ScalarNode node, Shape shape, Place place) {
        String value = node.getValue();
        if (node.getTag().equals(Tag.NULL)) {
            findings.add(place, node, "has '" + place.step() + "' without a value", null, "which " + shape.expected());
        } else if (value.contains("{{") || shape.allows(Kind.TEXT)) {
            enumerated(node, shape, place);
        } else if (shape.allows(Kind.FLAG) ? !isFlag(value) : !shape.allows(Kind.NUMBER) || !isNumber(value)) {
            findings.add(place, node, "has '" + place.step() + "'", value, "which " + shape.expected());
        }
    }

    private void enumerated(ScalarNode node, Shape shape, Place place) {
        if (!shape.values.isEmpty() && !node.getValue().contains("{{") && !shape.values.contains(node.getValue())) {
            findings.unknown(place, node, "has '" + place.step() + "'", node.getValue(), "which is not allowed", shape.values);
        }
    }

    private static boolean isFlag(String value) {
        return value.equals("true") || value.equals("false");
    }

    private static boolean isNumber(String value) {
        return value.matches("-?\\d+(\\.\\d+)?");
    }

    private void list(SequenceNode list, Shape shape, Place place) {
        if (!shape.allows(Kind.LIST)) {
            findings.add(place, list, "has a list as '" + place.step() + "'", null, "which " + shape.expected());
            return;
        }
        if (list.getValue().isEmpty() && "steps".equals(place.step())) {
            findings.add(place, list, "has no steps", null, "in '" + place.holder() + "'");
        }
        for (Node item : list.getValue()) {
            if (shape.items != null) {
                check(item, schema.shape(shape.items), place);
            }
        }
    }

    private void object(MappingNode object, Shape shape, Place place) {
        if (!shape.allows(Kind.OBJECT)) {
            findings.add(place, object, "has an object as '" + place.step() + "'", null, "which " + shape.expected());
            return;
        }
        Map<String, Node> seen = new HashMap<>();
        Set<String> meant = new HashSet<>();
        for (NodeTuple entry : object.getValue()) {
            String written = YamlText.key(entry);
            String key = written == null ? null : StringHelper.dashToCamelCase(written);
            if (key == null) {
                findings.add(place, entry.getKeyNode(), "has a key that is not text", null, "in '" + place.step() + "'");
            } else if (seen.putIfAbsent(key, entry.getKeyNode()) != null) {
                findings.add(place, entry.getKeyNode(), "has key", written, "more than once in the same object");
            } else if (shape.keys.containsKey(key)) {
                check(entry.getValueNode(), schema.shape(shape.keys.get(key)), place.in(key));
            } else if (!shape.isOpen()) {
                DidYouMean.name(written, shape.keys.keySet()).ifPresent(meant::add);
                findings.unknown(place, entry.getKeyNode(), place.step() == null ? "has entry" : "has key", written,
                        place.step() == null ? "which does not exist" : "which '" + place.step() + "' does not have", shape.keys.keySet());
            }
        }
        complete(object, shape, place, seen, meant);
    }

    /** @param meant the known keys nearest to unknown ones, which are not missing but misspelt */
    private void complete(MappingNode object, Shape shape, Place place, Map<String, Node> seen, Set<String> meant) {
        if (shape.single && object.getValue().isEmpty()) {
            findings.add(place, object, "has an empty entry", null, place.step() == null ? "" : "in '" + place.step() + "'");
        } else if (shape.single && seen.size() > 1) {
            List<NodeTuple> entries = object.getValue();
            findings.add(place, entries.get(1).getKeyNode(), "has key", YamlText.key(entries.get(1)),
                    "beside '" + YamlText.key(entries.get(0)) + "', but each entry of the list has one key; check the indentation");
            return;
        }
        Set<String> missing = new LinkedHashSet<>(shape.required);
        missing.removeAll(seen.keySet());
        missing.removeAll(meant);
        for (String key : missing) {
            findings.add(place, object, "has no '" + key + "'", null, "in '" + place.step() + "'");
        }
        for (Set<String> group : shape.alternatives) {
            List<String> chosen = new ArrayList<>(seen.keySet());
            chosen.retainAll(group);
            if (chosen.size() > 1) {
                findings.add(place, object, "has " + String.join(" and ", chosen.stream().sorted().toList()), null,
                        "in '" + place.step() + "', where one of them is allowed");
                return;
            }
        }
        if (isWithoutBalancer(shape, seen.keySet()) && meant.isEmpty()) {
            findings.add(place, object, "has no load balancer", null, "in '" + place.step() + "', such as 'customLoadBalancer'");
        }
        if (needsExpression(shape) && shape.alternatives.stream().noneMatch(group ->
                Stream.concat(seen.keySet().stream(), meant.stream()).anyMatch(group::contains))) {
            findings.add(place, object, "has no expression", null, "in '" + place.step() + "', such as 'simple'");
        }
    }

    private static boolean isWithoutBalancer(Shape shape, Set<String> keys) {
        return shape.model.equals("LoadBalanceDefinition") && keys.stream().noneMatch(key -> key.endsWith("LoadBalancer"));
    }

    private static boolean needsExpression(Shape shape) {
        return shape.keys.containsKey("simple") && !shape.alternatives.isEmpty() && !WITHOUT_EXPRESSION.contains(shape.model);
    }
}
