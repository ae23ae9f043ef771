package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.WrittenValues;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The state shared by all sections of one binding: the origins, the problems found, and the displayable values. */
final class Binding {

    private final SettingsTree tree;
    private final List<Problem> problems = new ArrayList<>();
    private final WrittenValues written;
    private final Map<String, String> sources = new LinkedHashMap<>();

    Binding(SettingsTree tree) {
        this.tree = tree;
        this.written = tree.values();
    }

    Section root(ObjectNode shown) {
        return new Section(this, tree.root(), "", shown);
    }

    /** The source of each active value, by path. */
    Map<String, String> sources() {
        return sources;
    }

    void throwIfBroken() throws InvalidSettingsException {
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** @param value shown as it is written in the file; null for none */
    void problem(String path, String value, String requirement) {
        problems.add(tree.origin(path).problem(value == null ? null : tree.written(path, value), requirement));
    }

    /** The text that messages show for the value at a path. */
    String written(String path, String value) {
        return tree.written(path, value);
    }

    String source(String path) {
        return tree.origin(path).source();
    }

    /** How the values of placeholders are written, for names of other settings in messages. */
    WrittenValues written() {
        return written;
    }

    void problem(String path, InvalidValueException broken) {
        problems.add(tree.origin(path).problem(null, broken));
    }

    boolean given(JsonNode value) {
        return !value.isMissingNode() && !value.isNull() && !(value.isTextual() && value.textValue().isBlank());
    }

    /** The text of a single value; empty if none is given. */
    Optional<String> text(String path, JsonNode value) {
        if (value.isContainerNode()) {
            problem(path, null, "must be a single value");
            return Optional.empty();
        }
        return given(value) ? Optional.of(value.asText().strip()) : Optional.empty();
    }

    <T> Optional<T> apply(String path, String text, ValueParser<T> parser, boolean masked) {
        try {
            return Optional.of(parser.read(text));
        } catch (InvalidValueException e) {
            String shown = tree.written(path, text);
            // What is meant would say what a placeholder holds.
            Optional<String> nearest = shown.equals(text) ? e.nearest() : Optional.empty();
            problems.add(tree.origin(path).problem(masked ? "****" : AddressParsers.withoutSecrets(shown), InvalidValueException.meaning(e.getMessage(), nearest)));
            return Optional.empty();
        }
    }

    void show(ObjectNode shown, String key, String path, Object value) {
        shown.set(key, shown(value));
        sources.put(path, tree.hasOrigin(path) ? tree.origin(path).toString() : "default");
    }

    private static JsonNode shown(Object value) {
        if (value instanceof List<?> list) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            list.forEach(item -> array.add(shown(item)));
            return array;
        }
        if (value instanceof Duration duration) {
            return Seconds.shown(duration);
        }
        if (value instanceof Number number) {
            return JsonNodeFactory.instance.numberNode(number.longValue());
        }
        if (value instanceof Boolean flag) {
            return JsonNodeFactory.instance.booleanNode(flag);
        }
        return JsonNodeFactory.instance.textNode(value instanceof Enum<?> e ? e.name().toLowerCase(Locale.ROOT) : value.toString());
    }
}
