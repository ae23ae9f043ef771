package dev.openaigateway.rules.yaml;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A definition in Camel's schema: the content that one kind of YAML node may have. Filled by {@link Schema}. */
public final class SchemaDefinition {

    /** The kinds of values. */
    public enum Kind { TEXT, FLAG, NUMBER, LIST, OBJECT }

    /** The name of the model class, such as {@code ToDefinition}; empty for plain values. */
    public String model = "";
    public final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    /** The schema of each key. */
    public final Map<String, JsonNode> keys = new LinkedHashMap<>();
    public final Set<String> required = new LinkedHashSet<>();
    /** Keys of which at most one may be there. */
    public final List<Set<String>> alternatives = new ArrayList<>();
    public final List<String> values = new ArrayList<>();
    /** The schema of the items of a list. */
    public JsonNode items;
    public boolean single;

    /** Whether any key may be there, as in {@code parameters}. */
    public boolean isOpen() {
        return keys.isEmpty();
    }

    public boolean allows(Kind kind) {
        return kinds.isEmpty() || kinds.contains(kind);
    }

    public String expected() {
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
