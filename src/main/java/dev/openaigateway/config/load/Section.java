package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.Secret;
import dev.openaigateway.config.WrittenValues;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one object of the settings key by key. Collects problems instead of failing at the first, and reports keys that were
 * never read. A value that is missing, null or blank counts as not given.
 */
final class Section {

    private final Binding binding;
    private final ObjectNode node;
    private final String path;
    private final ObjectNode shown;
    private final Set<String> known = new LinkedHashSet<>();

    Section(Binding binding, ObjectNode node, String path, ObjectNode shown) {
        this.binding = binding;
        this.node = node;
        this.path = path;
        this.shown = shown;
    }

    /** @param fallback null if the setting from which it is derived is invalid */
    <T> T value(String key, T fallback, ValueParser<T> parser) {
        T value = given(key, parser, false).orElse(fallback);
        if (value != null) {
            binding.show(shown, key, at(key), value);
        }
        return value;
    }

    <T> Optional<T> optional(String key, ValueParser<T> parser) {
        Optional<T> value = given(key, parser, false);
        value.ifPresent(present -> binding.show(shown, key, at(key), present));
        return value;
    }

    /** A required value. If it is missing or invalid, adds a problem and returns null. */
    <T> T required(String key, ValueParser<T> parser) {
        return required(key, parser, Optional.empty());
    }

    /** @param nearest the other object that is meant if the value is missing */
    <T> T required(String key, ValueParser<T> parser, Optional<String> nearest) {
        if (text(key).isEmpty()) {
            known.add(key);
            binding.problem(path, InvalidValueException.meaning("must have a value for " + key, nearest));
            return null;
        }
        return optional(key, parser).orElse(null);
    }

    /** A secret value, which is masked in problems and in displayed settings. */
    Secret secret(String key, ValueParser<String> parser) {
        Secret value = new Secret(given(key, text -> parser.read(ValueParsers.line(text)), true).orElse(""));
        binding.show(shown, key, at(key), value);
        return value;
    }

    /** The values of a list or of a comma-separated text. */
    <T> List<T> list(String key, List<T> fallback, ValueParser<T> parser) {
        known.add(key);
        List<T> values = new ArrayList<>();
        List<JsonNode> items = items(key);
        for (int i = 0; i < items.size(); i++) {
            String itemPath = SettingsTree.item(at(key), i);
            binding.text(itemPath, items.get(i)).flatMap(text -> binding.apply(itemPath, text, parser, false)).ifPresent(values::add);
        }
        List<T> value = items.isEmpty() && !node.path(key).isArray() ? fallback : List.copyOf(values);
        binding.show(shown, key, at(key), value);
        return value;
    }

    /** The elements of a list or of a comma-separated text. */
    List<JsonNode> items(String key) {
        known.add(key);
        JsonNode value = node.path(key);
        if (value.isArray()) {
            List<JsonNode> items = new ArrayList<>();
            value.forEach(items::add);
            return items;
        }
        if (value.isObject()) {
            binding.problem(at(key), null, "must be a list");
            return List.of();
        }
        return binding.text(at(key), value).stream()
                .flatMap(text -> Arrays.stream(text.split(",")))
                .map(String::strip).filter(part -> !part.isEmpty())
                .map(part -> (JsonNode) JsonNodeFactory.instance.textNode(part)).toList();
    }

    /** An object with arbitrary keys and text values. */
    Map<String, String> texts(String key) {
        Map<String, String> values = new LinkedHashMap<>();
        Section section = section(key);
        section.keys().forEach(name -> section.optional(name, ValueParsers::text).ifPresent(value -> values.put(name, value)));
        return values;
    }

    /** The object under the key; an empty one if there is none. */
    Section section(String key) {
        known.add(key);
        JsonNode value = node.path(key);
        if (!value.isObject() && binding.given(value)) {
            binding.problem(at(key), null, "must be an object");
        }
        ObjectNode inner = value instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
        return new Section(binding, inner, at(key), shown.withObjectProperty(key));
    }

    /** The object under the key; a text in its place is the value of one key of it. */
    Section sectionOrText(String key, String ofText) {
        JsonNode value = node.path(key);
        if (value.isTextual() && binding.given(value)) {
            known.add(key);
            return new Section(binding, JsonNodeFactory.instance.objectNode().set(ofText, value), at(key), shown.withObjectProperty(key));
        }
        return section(key);
    }

    /** The object under the key, if there is one. */
    Optional<Section> optionalSection(String key) {
        known.add(key);
        return has(key) ? Optional.of(section(key)) : Optional.empty();
    }

    /** An element of the list under the key. */
    Section element(String key, int index, ObjectNode element) {
        ObjectNode shownElement = shown.withArrayProperty(key).addObject();
        return new Section(binding, element, SettingsTree.item(at(key), index), shownElement);
    }

    /** The objects inside the object under the key; displayed as a list. */
    List<Section> elementsByName(String key) {
        Section all = section(key);
        ArrayNode shownList = shown.putArray(key);
        return all.keys().stream()
                .filter(name -> all.node.get(name).isObject())
                .map(name -> new Section(binding, (ObjectNode) all.node.get(name), all.at(name), shownList.addObject()))
                .toList();
    }

    /** The text under {@code name}, without any check; empty if there is none. */
    Optional<String> name() {
        return Optional.ofNullable(node.path("name").asText(null)).map(String::strip).filter(name -> !name.isEmpty());
    }

    Set<String> keys() {
        Set<String> keys = new LinkedHashSet<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    boolean has(String key) {
        return binding.given(node.path(key));
    }

    /** Whether the key has a value, an empty object included. */
    boolean isGiven(String key) {
        known.add(key);
        return has(key);
    }

    /** Adds a problem for each key that was not read. Call it last. */
    void refuseUnknownKeys() {
        for (String key : keys()) {
            if (!known.contains(key)) {
                binding.problem(at(key), InvalidValueException.unknownName("is not a known key", key, known));
            }
        }
    }

    /** The text that messages show for the value of the key. */
    String written(String key, String value) {
        return binding.written(at(key), value);
    }

    /** The file that has the value, or {@code environment} or {@code admin request}. */
    String source(String key) {
        return binding.source(at(key));
    }

    /** How the values of placeholders are written, for names of other settings in messages. */
    WrittenValues written() {
        return binding.written();
    }

    void problem(String key, InvalidValueException broken) {
        binding.problem(at(key), broken);
    }

    void problem(String key, String value, String requirement) {
        binding.problem(at(key), value, requirement);
    }

    private <T> Optional<T> given(String key, ValueParser<T> parser, boolean masked) {
        return text(key).flatMap(text -> binding.apply(at(key), text, parser, masked));
    }

    private Optional<String> text(String key) {
        known.add(key);
        return binding.text(at(key), node.path(key));
    }

    private String at(String key) {
        return SettingsTree.join(path, key);
    }
}
