package dev.openaigateway.rules.yaml;

import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Optional;
import java.util.Set;

/** A node of a file with its definition in Camel's schema. */
public record VisitedNode(SchemaDefinition definition, Node node, Location location) {

    /** Camel reads the {@code from} of a route by a class of its own. */
    private static final Set<String> ROUTE_INPUTS = Set.of("FromDefinition", "RouteFromDefinitionDeserializer");
    private static final Set<String> SENDS = Set.of("ToDefinition", "ToDynamicDefinition", "WireTapDefinition");
    private static final Set<String> CALLED_BY_EXPRESSION = Set.of("enrich", "pollEnrich", "recipientList", "routingSlip", "dynamicRouter");

    /** The name of the node's class in Camel's model, such as {@code ChoiceDefinition}. */
    public String model() {
        return definition.model;
    }

    /** Whether the node is the {@code from} of a route or of a template. */
    public boolean isRouteInput() {
        return ROUTE_INPUTS.contains(model());
    }

    /** Whether the node is a step that sends to one endpoint, which {@link #uri} names. */
    public boolean isSend() {
        return SENDS.contains(model());
    }

    /** Whether the node is a step that takes a message from one endpoint, which {@link #uri} names. */
    public boolean isPoll() {
        return model().equals("PollDefinition");
    }

    /** Whether the node is the expression of a step that gives the endpoints to call. */
    public boolean namesEndpoints() {
        return model().endsWith("Expression") && CALLED_BY_EXPRESSION.contains(String.valueOf(location.holder()));
    }

    /** Whether the node declares a bean. */
    public boolean isBean() {
        return model().equals("BeanFactoryDefinition");
    }

    public boolean isLoadBalance() {
        return model().equals("LoadBalanceDefinition");
    }

    /** Whether the node makes a route from a template. */
    public boolean isTemplatedRoute() {
        return model().equals("TemplatedRouteDefinition");
    }

    /** Whether the node is a step that sets one exchange property, which its key {@code name} names. */
    public boolean setsProperty() {
        return model().equals("SetPropertyDefinition");
    }

    /** Whether the node is a step that converts to the class that its key {@code type} names. */
    public boolean isConversion() {
        return switch (model()) {
            case "ConvertBodyDefinition", "ConvertHeaderDefinition", "ConvertVariableDefinition" -> true;
            default -> false;
        };
    }

    /** The text with the URI of a step that sends or polls, or of a {@code from}. */
    public Optional<Node> uri() {
        return textOrShort("uri");
    }

    /** A text below the node; the node's own text if it is written in short, as in {@code to: direct:x}. */
    public Optional<Node> textOrShort(String key) {
        return YamlText.text(node) != null ? Optional.of(node) : YamlNodes.at(node, key).filter(value -> YamlText.text(value) != null);
    }

    /** Whether the text of the node is a part of the other's. */
    public boolean isInside(VisitedNode other) {
        return location.file().equals(other.location.file()) && offset(node.getStartMark()) >= offset(other.node.getStartMark())
                && offset(node.getEndMark()) <= offset(other.node.getEndMark());
    }

    private static int offset(Optional<Mark> mark) {
        return mark.map(Mark::getIndex).orElse(0);
    }

    public String where() {
        return where(node);
    }

    /** The file and line of a node in the same file. */
    public String where(Node other) {
        return location.file().name() + other.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    }
}
