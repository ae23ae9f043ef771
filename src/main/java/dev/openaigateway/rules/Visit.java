package dev.openaigateway.rules;

import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Optional;

/** A node of a file together with what Camel's schema says it is. */
record Visit(Shape shape, Node node, Place place) {

    String model() {
        return shape.model;
    }

    /** A text below the node; the node's own text if it is written in short, as in {@code to: direct:x}. */
    Optional<Node> textOrShort(String key) {
        return YamlText.text(node) != null ? Optional.of(node) : Entries.at(node, key).filter(value -> YamlText.text(value) != null);
    }
}
