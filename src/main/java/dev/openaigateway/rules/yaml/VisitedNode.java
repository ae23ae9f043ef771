package dev.openaigateway.rules.yaml;

import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Optional;

/** A node of a file with its definition in Camel's schema. */
public record VisitedNode(SchemaDefinition definition, Node node, Location location) {

    public String model() {
        return definition.model;
    }

    /** A text below the node; the node's own text if it is written in short, as in {@code to: direct:x}. */
    public Optional<Node> textOrShort(String key) {
        return YamlText.text(node) != null ? Optional.of(node) : YamlNodes.at(node, key).filter(value -> YamlText.text(value) != null);
    }

    public String where() {
        return where(node);
    }

    /** The file and line of a node in the same file. */
    public String where(Node other) {
        return location.file().name() + other.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    }
}
