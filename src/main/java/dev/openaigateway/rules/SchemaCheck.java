package dev.openaigateway.rules;

import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.Schema;
import dev.openaigateway.rules.yaml.SchemaDefinition.Kind;
import dev.openaigateway.rules.yaml.SchemaDefinition;
import dev.openaigateway.rules.yaml.YamlText;
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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Compares YAML nodes with Camel's schema: keys, types, required keys. Passes each node to a visitor. */
final class SchemaCheck {

    /** Called for each node with a definition, parents first, also for nodes with problems. */
    interface Visitor {

        void visit(SchemaDefinition definition, Node node, Location location);
    }

    /** Definitions in which an expression may be absent. */
    private static final Set<String> WITHOUT_EXPRESSION = Set.of("SortDefinition", "LoadBalanceDefinition",
            "ErrorHandlerDeserializer", "ErrorHandlerDefinition");

    /** What a step needs to have an effect, though Camel's schema does not say so. */
    private static final Map<String, Set<String>> NEEDED = Map.ofEntries(needed("WhenDefinition", "steps"), needed("OtherwiseDefinition", "steps"),
            needed("FilterDefinition", "steps"), needed("LoadBalanceDefinition", "steps"), needed("TryDefinition", "steps"),
            needed("MulticastDefinition", "steps"), needed("LoopDefinition", "steps"), needed("CircuitBreakerDefinition", "steps"),
            needed("PipelineDefinition", "steps"), needed("SplitDefinition", "steps"), needed("ChoiceDefinition", "when"), needed("CatchDefinition", "exception"),
            needed("StickyLoadBalancerDefinition", "correlationExpression"), needed("AggregateDefinition", "correlationExpression"),
            needed("SetHeadersDefinition", "headers"), needed("SetVariablesDefinition", "variables"), needed("ClaimCheckDefinition", "operation"));
    /** Keys of which one is needed. */
    private static final Map<String, Set<String>> ONE_NEEDED = Map.of("ThrowExceptionDefinition", Set.of("exceptionType", "ref"),
            "TryDefinition", Set.of("doCatch", "doFinally"), "BeanDefinition", Set.of("ref", "beanType"), "MethodCallExpression", Set.of("ref", "beanType"));
    private static final Set<String> LISTS = Set.of("steps", "when", "doCatch", "exception", "headers", "variables");
    private static final Set<String> FORMATTING = Set.of("MarshalDefinition", "UnmarshalDefinition");

    private final Schema schema;
    private final ForeignKeys foreign;
    private final Problems problems;
    private final Visitor visitor;

    SchemaCheck(Schema schema, Problems problems, Visitor visitor) {
        this.schema = schema;
        this.foreign = new ForeignKeys(schema);
        this.problems = problems;
        this.visitor = visitor;
    }

    private static Map.Entry<String, Set<String>> needed(String model, String key) {
        return Map.entry(model, Set.of(key));
    }

    void check(Node node, SchemaDefinition definition, Location location) {
        visitor.visit(definition, node, location);
        if (location.step() == null && !(node instanceof MappingNode) && !node.getTag().equals(Tag.NULL)) {
            problems.noEntry(location, node, definition.keys.keySet());
        } else if (node instanceof ScalarNode scalar) {
            scalar(scalar, definition, location);
        } else if (node instanceof SequenceNode list) {
            list(list, definition, location);
        } else if (node instanceof MappingNode object) {
            object(object, definition, location);
        }
    }

    private void scalar(ScalarNode node, SchemaDefinition definition, Location location) {
        String value = node.getValue();
        if (node.getTag().equals(Tag.NULL)) {
            problems.at(location, node)
                    .says(location.step() == null || definition.single ? "has an empty entry" : "has '" + location.step() + "' without a value")
                    .because(location.step() == null ? "in its list" : definition.single ? "in '" + location.step() + "'" : "which " + definition.expected());
        } else if (value.contains("{{") || definition.allows(Kind.TEXT)) {
            enumerated(node, definition, location);
        } else if (definition.allows(Kind.FLAG) ? !isFlag(value) : !definition.allows(Kind.NUMBER) || !isNumber(value)) {
            problems.at(location, node).says("has '" + location.step() + "'", value).because("which " + definition.expected());
        }
    }

    private void enumerated(ScalarNode node, SchemaDefinition definition, Location location) {
        if (!definition.values.isEmpty() && !node.getValue().contains("{{") && !definition.values.contains(node.getValue())) {
            problems.at(location, node).says("has '" + location.step() + "'", node.getValue()).because("which is not allowed", definition.values);
        }
    }

    private static boolean isFlag(String value) {
        return value.equalsIgnoreCase("true") || value.equalsIgnoreCase("false");
    }

    private static boolean isNumber(String value) {
        return value.matches("-?\\d+(\\.\\d+)?");
    }

    private void list(SequenceNode list, SchemaDefinition definition, Location location) {
        if (!definition.allows(Kind.LIST)) {
            problems.at(location, list).says("has a list as '" + location.step() + "'").because("which " + definition.expected());
            return;
        }
        if (list.getValue().isEmpty() && LISTS.contains(location.step())) {
            problems.at(location, list).says("has '" + location.step() + "' of '" + location.holder() + "'")
                    .because("which must not be an empty list");
        }
        for (Node item : list.getValue()) {
            if (definition.items != null) {
                check(item, schema.definition(definition.items), location);
            }
        }
    }

    private void object(MappingNode object, SchemaDefinition definition, Location location) {
        if (!definition.allows(Kind.OBJECT)) {
            problems.at(location, object).says("has an object as '" + location.step() + "'").because("which " + definition.expected());
            return;
        }
        Map<String, Node> seen = new HashMap<>();
        Set<String> meant = new HashSet<>();
        boolean misplaced = false;
        for (NodeTuple entry : object.getValue()) {
            String written = YamlText.key(entry);
            // Camel takes set-header for setHeader among the keys of a step, not as its name.
            boolean isStep = definition.single && location.step() != null;
            String key = written == null || isStep ? written : StringHelper.dashToCamelCase(written);
            if (key == null) {
                problems.at(location, entry.getKeyNode()).says("has a key that is not text").because("in '" + location.step() + "'");
            } else if (seen.putIfAbsent(key, entry.getKeyNode()) != null) {
                problems.at(location, entry.getKeyNode()).says("has key", written).because("more than once in the same object");
            } else if (definition.keys.containsKey(key)) {
                foreign.enter(definition, location.step());
                check(entry.getValueNode(), schema.definition(definition.keys.get(key)), location.in(key));
                foreign.leave();
            } else if (!definition.isOpen()) {
                misplaced |= unknown(object, entry.getKeyNode(), written, definition, location);
                ForeignKeys.meant(written, definition).ifPresent(meant::add);
            }
        }
        if (!misplaced || definition.single) {
            complete(object, definition, location, seen, meant);
        }
    }

    /** Returns whether the key belongs to another object. Then it is not known what this one lacks. */
    private boolean unknown(MappingNode object, Node node, String key, SchemaDefinition definition, Location location) {
        String text = location.step() == null ? "has entry" : "has key";
        String requirement = location.step() == null ? "which does not exist" : "which '" + location.step() + "' does not have";
        Optional<String> owner = ForeignKeys.isMisspelt(key, definition) ? Optional.empty() : foreign.owner(key, object, definition);
        if (owner.isPresent()) {
            problems.at(location, node).says(text, key).because(requirement + owner.get());
        } else {
            problems.at(location, node).says(text, key).suggesting(ForeignKeys.meant(key, definition)).because(requirement, definition.keys.keySet());
        }
        return owner.isPresent();
    }

    /** @param meant the known keys nearest to unknown ones, which are not missing but misspelt */
    private void complete(MappingNode object, SchemaDefinition definition, Location location, Map<String, Node> seen, Set<String> meant) {
        if (definition.single && object.getValue().isEmpty()) {
            problems.at(location, object).says("has an empty entry")
                    .because(location.step() == null ? "in its list" : "in '" + location.step() + "'");
        } else if (definition.single && seen.size() > 1) {
            List<NodeTuple> entries = object.getValue();
            problems.at(location, entries.get(1).getKeyNode()).says("has key", YamlText.key(entries.get(1)))
                    .because("beside '" + YamlText.key(entries.get(0)) + "', but each entry of the list has one key; check the indentation");
            return;
        }
        Set<String> missing = new LinkedHashSet<>(definition.required);
        missing.addAll(NEEDED.getOrDefault(definition.model, Set.of()));
        missing.removeAll(seen.keySet());
        missing.removeAll(meant);
        for (String key : missing) {
            problems.at(location, object).says("has no '" + key + "'").because("in '" + location.step() + "'");
        }
        Set<String> one = ONE_NEEDED.getOrDefault(definition.model, seen.keySet());
        if (!one.isEmpty() && one.stream().noneMatch(key -> seen.containsKey(key) || meant.contains(key))) {
            problems.at(location, object).says("has neither " + String.join(" nor ", one.stream().sorted().map(key -> "'" + key + "'").toList()))
                    .because("in '" + location.step() + "'");
        }
        for (Set<String> group : definition.alternatives) {
            List<String> chosen = new ArrayList<>(seen.keySet());
            chosen.retainAll(group);
            if (chosen.size() > 1) {
                problems.at(location, object).says("has " + String.join(" and ", chosen.stream().sorted().toList()))
                        .because("in '" + location.step() + "', where one of them is allowed");
                return;
            }
        }
        if (isWithoutBalancer(definition, seen.keySet()) && meant.isEmpty()) {
            problems.at(location, object).says("has no load balancer").because("in '" + location.step() + "', such as 'customLoadBalancer'");
        }
        boolean chosen = definition.alternatives.stream().anyMatch(group -> Stream.concat(seen.keySet().stream(), meant.stream()).anyMatch(group::contains));
        if (!chosen && needsExpression(definition)) {
            problems.at(location, object).says("has no expression").because("in '" + location.step() + "', such as 'simple'");
        } else if (!chosen && FORMATTING.contains(definition.model)) {
            problems.at(location, object).says("has no data format").because("in '" + location.step() + "', such as 'json'");
        }
    }

    private static boolean isWithoutBalancer(SchemaDefinition definition, Set<String> keys) {
        return definition.model.equals("LoadBalanceDefinition") && keys.stream().noneMatch(key -> key.endsWith("LoadBalancer"));
    }

    private static boolean needsExpression(SchemaDefinition definition) {
        return definition.keys.containsKey("simple") && !definition.alternatives.isEmpty() && !WITHOUT_EXPRESSION.contains(definition.model);
    }
}
