package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.reader.ReaderException;

import java.io.StringReader;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Parses YAML to text values with line numbers. Values stay text ({@code 2024-10-21} is not a date), since the
 * {@link ValueParser} of a setting decides on its type. Anchors, aliases and merge keys are supported; repeated keys are
 * refused.
 */
final class YamlReader {

    private static final int DEEPEST = 20;
    /** That aliases stand for. A few aliases in one another would make a text of gigabytes. */
    private static final int MOST_REPEATED = 100_000;

    private final String source;
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    /** By identity, as nodes are compared. */
    private final Set<Node> seen = new HashSet<>();
    private int repeated;

    private YamlReader(String source) {
        this.source = source;
    }

    static Document read(String source, String yaml) throws InvalidSettingsException {
        return new YamlReader(source).document(yaml);
    }

    private Document document(String yaml) throws InvalidSettingsException {
        try {
            Node node = new Yaml(options()).compose(new StringReader(yaml));
            JsonNode root = node == null || node.getTag().equals(Tag.NULL)
                    ? JsonNodeFactory.instance.objectNode()
                    : convert(node, "", 0);
            if (!(root instanceof ObjectNode object)) {
                throw refusal(node.getStartMark(), "must be an object with keys such as \"instances\"");
            }
            return new Document(source, object, lines);
        } catch (MarkedYAMLException e) {
            // The exception's message quotes the file, which may contain keys.
            String context = String.valueOf(e.getContext());
            String reason = "is not valid YAML: " + YamlReason.of(context, String.valueOf(e.getProblem()), "");
            Optional<YamlPlace> bracket = YamlReason.isOpenBracket(context) ? YamlPlace.ofOpenBracket(yaml) : Optional.empty();
            if (bracket.isPresent()) {
                throw Problem.about(source + ":" + bracket.get().line() + ":" + bracket.get().column(), reason);
            }
            throw refusal(YamlReason.isOpen(context) && e.getContextMark() != null ? e.getContextMark() : e.getProblemMark(), reason);
        } catch (ReaderException e) {
            throw Problem.about(source + ":" + YamlPlace.of(yaml, e.getCodePoint()).line(), "is not valid YAML: " + YamlReason.ofCharacter(e.getCodePoint()));
        } catch (YAMLException e) {
            throw refusal(null, "is not valid YAML");
        }
    }

    /** How a file of settings is read. What aliases stand for is bounded in {@link #convert}, whatever their number. */
    static LoaderOptions options() {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(Integer.MAX_VALUE);
        options.setCodePointLimit(RegularFile.LARGEST_SETTINGS);
        return options;
    }

    private JsonNode convert(Node node, String path, int depth) throws InvalidSettingsException {
        if (depth > DEEPEST) {
            throw refusal(node.getStartMark(), "is nested too deeply");
        }
        if (!seen.add(node) && ++repeated > MOST_REPEATED) {
            throw refusal(node.getStartMark(), "is not valid YAML: its aliases stand for more than " + MOST_REPEATED + " nodes");
        }
        requireValue(node);
        lines.putIfAbsent(path, node.getStartMark().getLine() + 1);
        if (node instanceof MappingNode mapping) {
            return object(mapping, path, depth);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode list = JsonNodeFactory.instance.arrayNode();
            for (Node item : sequence.getValue()) {
                list.add(convert(item, SettingsTree.item(path, list.size()), depth + 1));
            }
            return list;
        }
        return node.getTag().equals(Tag.NULL)
                ? JsonNodeFactory.instance.nullNode()
                : JsonNodeFactory.instance.textNode(((ScalarNode) node).getValue());
    }

    /** Requires that YAML reads a text without quotes as a value. */
    private void requireValue(Node node) throws InvalidSettingsException {
        if (!YamlReason.isKnown(node.getTag().getValue())) {
            throw refusal(node.getStartMark(), "is not valid YAML: " + YamlReason.TAG);
        }
        if (node instanceof ScalarNode scalar && scalar.getValue().isEmpty() && scalar.isPlain() && node.getAnchor() != null) {
            throw refusal(node.getStartMark(), "is not valid YAML: " + YamlReason.ANCHOR);
        }
    }

    private ObjectNode object(MappingNode mapping, String path, int depth) throws InvalidSettingsException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                throw refusal(tuple.getKeyNode().getStartMark(), "must be text where a key is expected");
            }
            requireValue(keyNode);
            String key = keyNode.getValue();
            if (key.isBlank()) {
                throw refusal(keyNode.getStartMark(), YamlReason.NO_KEY);
            }
            String at = SettingsTree.join(path, key);
            if (object.has(key)) {
                throw refusal(keyNode.getStartMark(), at + " is given twice");
            }
            if (keyNode.getTag().equals(Tag.MERGE)) {
                JsonNode value = convert(tuple.getValueNode(), path, depth + 1);
                Iterable<JsonNode> sources = value.isArray() ? value : List.of(value);
                sources.forEach(from -> from.properties().forEach(entry -> merged.putIfAbsent(entry.getKey(), entry.getValue())));
            } else {
                lines.put(at, keyNode.getStartMark().getLine() + 1);
                object.set(key, convert(tuple.getValueNode(), at, depth + 1));
            }
        }
        merged.properties().forEach(entry -> object.putIfAbsent(entry.getKey(), entry.getValue()));
        return object;
    }

    private InvalidSettingsException refusal(Mark mark, String requirement) {
        String location = mark == null ? source : source + ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
        return Problem.about(location, requirement);
    }
}
