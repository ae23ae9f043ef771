package dev.openaigateway.rules;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one kind of YAML node may hold, according to Camel's schema. Filled by {@link Schema}. */
final class Shape {

    /** The kinds of values. */
    enum Kind { TEXT, FLAG, NUMBER, LIST, OBJECT }

    /** The name of the model class, such as {@code ToDefinition}; empty for plain values. */
    String model = "";
    final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    /** The schema of each key. */
    final Map<String, JsonNode> keys = new LinkedHashMap<>();
    final Set<String> required = new LinkedHashSet<>();
    /** Keys of which at most one may be there. */
    final List<Set<String>> alternatives = new ArrayList<>();
    final List<String> values = new ArrayList<>();
    /** The schema of the items of a list. */
    JsonNode items;
    boolean single;

    /** Whether any key may be there, as in {@code parameters}. */
    boolean isOpen() {
        return keys.isEmpty();
    }

    boolean allows(Kind kind) {
        return kinds.isEmpty() || kinds.contains(kind);
    }

    String expected() {
        List<String> words = new ArrayList<>();
        for (Kind kind : kinds) {
            words.add(switch (kind) {
                case TEXT -> "text";
                case FLAG -> "true or false";
                case NUMBER -> "a number";
                case LIST -> "a list";
                case OBJECT -> "an object";
            });
        }
        return "must be " + String.join(" or ", words);
    }
}
