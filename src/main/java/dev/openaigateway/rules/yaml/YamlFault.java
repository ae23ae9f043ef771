package dev.openaigateway.rules.yaml;

import org.snakeyaml.engine.v2.exceptions.Mark;

import java.util.Optional;

/** What is wrong with a text, and where; the place is unknown without a mark. Immutable. */
record YamlFault(Optional<Mark> mark, String reason) {
}
