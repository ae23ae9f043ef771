package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.WrittenValues;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Settings before validation, in the common structure of all formats, with the origin of each value. The structure is that of
 * {@code instances.yaml}, except that {@code instances} and {@code models} are objects by name, so that an overlay is a plain merge.
 */
final class SettingsTree {

    private static final int DEEPEST = 64;

    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final Map<String, Origin> origins = new LinkedHashMap<>();
    private final Map<String, Written> written = new LinkedHashMap<>();

    /** A value before and after its placeholders were replaced. */
    private record Written(String text, String value) {
    }

    ObjectNode root() {
        return root;
    }

    ObjectNode instances() {
        return root.withObjectProperty("instances");
    }

    /** The path of a key inside the object at a path: {@code routing.retries}, {@code instances[east]}. */
    static String join(String path, String key) {
        if (path.isEmpty()) {
            return key;
        }
        return isNamedList(path) || key.indexOf('.') >= 0 ? path + "[" + key + "]" : path + "." + key;
    }

    /** Whether the value at the path is written as a list, and kept as an object by the name of each element. */
    static boolean isNamedList(String path) {
        return path.equals("instances") || path.equals("models");
    }

    static String item(String path, int index) {
        return path + "[" + index + "]";
    }

    /** Sets the value at the path of keys. Missing objects on the path are created. */
    void put(Origin origin, JsonNode value, String... keys) {
        ObjectNode parent = root;
        String path = "";
        for (int i = 0; i < keys.length - 1; i++) {
            path = join(path, keys[i]);
            parent = parent.withObjectProperty(keys[i]);
            origins.putIfAbsent(path, origin);
        }
        String key = keys[keys.length - 1];
        parent.set(key, value);
        origins.put(join(path, key), origin);
    }

    void put(Origin origin, String value, String... keys) {
        put(origin, JsonNodeFactory.instance.textNode(value), keys);
    }

    void noteOrigin(String path, Origin origin) {
        origins.put(path, origin);
    }

    /** Records the text at the path before its placeholders were replaced, and the value after that. */
    void noteWritten(String path, String text, String value) {
        written.put(path, new Written(text, value));
    }

    /** The text that a problem may quote: with placeholders, never with their values. A part of a value is quoted as the whole of it. */
    String written(String path, String value) {
        return around(path).filter(written::containsKey).findFirst()
                .map(around -> around.equals(path) ? written.get(path).text() : values().of(value)).orElse(value);
    }

    /** How the values of all placeholders are written. */
    WrittenValues values() {
        Map<String, String> texts = new HashMap<>();
        written.values().forEach(each -> WrittenValues.add(texts, each.text(), each.value()));
        return new WrittenValues(texts);
    }

    /** The texts in which placeholders are replaced, as they are written. Neither the value of a placeholder nor a variable is such a text. */
    Stream<String> texts() {
        return texts("", root);
    }

    private Stream<String> texts(String path, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object.properties().stream().flatMap(entry -> texts(join(path, entry.getKey()), entry.getValue()));
        }
        if (node instanceof ArrayNode list) {
            return IntStream.range(0, list.size()).boxed().flatMap(index -> texts(item(path, index), list.get(index)));
        }
        if (!node.isTextual() || !origin(path).mayHoldPlaceholders()) {
            return Stream.empty();
        }
        return Stream.of(written.containsKey(path) ? written.get(path).text() : node.textValue());
    }

    boolean hasOrigin(String path) {
        return origins.containsKey(path);
    }

    /** The origin of the value at the path, else that of the nearest enclosing object or list. */
    Origin origin(String path) {
        return around(path).filter(origins::containsKey).findFirst().map(around -> {
            Origin origin = origins.get(around);
            return new Origin(origin.source(), origin.path() + path.substring(around.length()), origin.line());
        }).orElse(new Origin("settings", path, 0));
    }

    /** The path, and those of the objects and lists around it. A name in a path may have many dots and brackets. */
    private static Stream<String> around(String path) {
        return Stream.iterate(path, each -> !each.isEmpty(), SettingsTree::parent).limit(DEEPEST);
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, Math.max(path.lastIndexOf('.'), path.lastIndexOf('['))));
    }

    /** Merges a tree into this one: objects are merged key by key, all other values are replaced. */
    void overlay(SettingsTree higher) {
        overlay(root, higher.root, "", higher);
    }

    private void overlay(ObjectNode lower, ObjectNode upper, String path, SettingsTree higher) {
        upper.properties().forEach(entry -> {
            String at = join(path, entry.getKey());
            JsonNode known = lower.get(entry.getKey());
            if (known instanceof ObjectNode target && entry.getValue() instanceof ObjectNode source) {
                overlay(target, source, at, higher);
            } else {
                origins.keySet().removeIf(inner -> isWithin(inner, at));
                written.keySet().removeIf(inner -> isWithin(inner, at));
                lower.set(entry.getKey(), entry.getValue().deepCopy());
                higher.origins.forEach((inner, origin) -> {
                    if (isWithin(inner, at)) {
                        origins.put(inner, origin);
                    }
                });
            }
        });
    }

    private static boolean isWithin(String path, String outer) {
        return path.startsWith(outer)
                && (path.length() == outer.length() || path.charAt(outer.length()) == '.' || path.charAt(outer.length()) == '[');
    }

    boolean isFilled() {
        return !origins.isEmpty();
    }

    /** A copy of this tree without the instances that the other lacks. */
    SettingsTree forInstancesOf(SettingsTree other) {
        SettingsTree copy = copy();
        copy.instances().retain(other.keys("instances"));
        return copy;
    }

    /** A copy of this tree without the keys that the other has for the same instances. */
    SettingsTree withoutKeysOf(SettingsTree other) {
        SettingsTree copy = copy();
        other.root.path("instances").properties().forEach(entry -> {
            if (copy.instances().get(entry.getKey()) instanceof ObjectNode instance) {
                entry.getValue().fieldNames().forEachRemaining(instance::remove);
            }
        });
        return copy;
    }

    private Collection<String> keys(String key) {
        List<String> keys = new ArrayList<>();
        root.path(key).fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    SettingsTree copy() {
        SettingsTree copy = new SettingsTree();
        copy.overlay(this);
        copy.written.putAll(written);
        return copy;
    }
}
