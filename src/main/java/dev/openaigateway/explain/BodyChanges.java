package dev.openaigateway.explain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.call.rule.RuleValue;
import dev.openaigateway.explain.RuleStep.Change;
import dev.openaigateway.openai.Json;
import dev.openaigateway.text.Excerpt;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The body of a message as text, and the differences between two bodies. */
public final class BodyChanges {

    private static final int LONGEST = 2_000;

    private BodyChanges() {
    }

    /** Null if there is no body. */
    public static String of(Object body) {
        return body instanceof NullNode ? "null" : RuleValue.text(body);
    }

    /** The text as JSON if it is, else as it is; null if there is none. */
    public static Object parsed(String text) {
        JsonNode node = tree(text);
        return node == null ? text : node;
    }

    /** The members of JSON objects that differ, named {@code body.NAME}; else the whole body, named {@code body}. */
    static Map<String, Change> changes(String before, String after) {
        if (!(tree(before) instanceof ObjectNode from) || !(tree(after) instanceof ObjectNode to)) {
            return Map.of("body", new Change(cut(before), cut(after)));
        }
        List<String> names = new ArrayList<>();
        from.fieldNames().forEachRemaining(names::add);
        to.fieldNames().forEachRemaining(name -> {
            if (!from.has(name)) {
                names.add(name);
            }
        });
        Map<String, Change> changes = new LinkedHashMap<>();
        for (String name : names) {
            if (!Objects.equals(from.get(name), to.get(name))) {
                changes.put("body." + name, new Change(from.get(name), to.get(name)));
            }
        }
        return changes;
    }

    static String cut(String text) {
        return Excerpt.marked(text, LONGEST);
    }

    private static JsonNode tree(String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            return null;
        }
    }
}
