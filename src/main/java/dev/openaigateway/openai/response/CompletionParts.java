package dev.openaigateway.openai.response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.POJONode;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts the chunks of a chat or text completion together. Not thread-safe. */
final class CompletionParts {

    /** Texts that come in pieces; all others come at once. */
    private static final Set<String> PIECES = Set.of(
            "content", "reasoning_content", "reasoning", "reasoning_text", "thinking", "refusal", "arguments", "text", "transcript", "data");
    private static final String INDEX = "index";
    private static final String USAGE = "usage";

    private final JsonNodeFactory nodes = JsonNodeFactory.instance;
    private final boolean chat;
    private final ObjectNode root = nodes.objectNode();
    private final Map<Integer, ObjectNode> choices = new TreeMap<>();

    CompletionParts(boolean chat) {
        this.chat = chat;
    }

    void add(ObjectNode chunk) {
        for (JsonNode choice : chunk.path("choices")) {
            ObjectNode target = choices.computeIfAbsent(choice.path(INDEX).asInt(), index -> nodes.objectNode().put(INDEX, index));
            if (choice instanceof ObjectNode part) {
                merge(part, target);
            }
        }
        chunk.remove("choices");
        if (root.has(USAGE) && !hasCounts(chunk.path(USAGE))) {
            chunk.remove(USAGE);
        }
        chunk.properties().stream().filter(member -> !isEmpty(member.getValue())).forEach(member -> root.set(member.getKey(), member.getValue()));
    }

    private static boolean hasCounts(JsonNode usage) {
        return usage.properties().stream().anyMatch(member -> member.getValue().asDouble() > 0);
    }

    ObjectNode whole() {
        ObjectNode whole = nodes.objectNode().setAll(root);
        whole.put("object", chat ? "chat.completion" : "text_completion");
        ArrayNode all = whole.putArray("choices");
        choices.values().forEach(choice -> all.add(chat ? withMessage(choice) : choice));
        return whole;
    }

    private ObjectNode withMessage(ObjectNode choice) {
        ObjectNode message = nodes.objectNode().put("role", "assistant").putNull("content");
        if (choice.remove("delta") instanceof ObjectNode delta) {
            message.setAll(delta);
        }
        for (JsonNode call : message.path("tool_calls")) {
            ((ObjectNode) call).remove(INDEX);
        }
        ObjectNode whole = nodes.objectNode().put(INDEX, choice.path(INDEX).asInt());
        whole.set("message", message);
        return whole.setAll(choice);
    }

    private void merge(ObjectNode part, ObjectNode target) {
        part.properties().forEach(member -> merge(member.getKey(), member.getValue(), target));
    }

    private void merge(String name, JsonNode value, ObjectNode target) {
        JsonNode known = target.get(name);
        if (value.isNull() || value.isTextual() && value.textValue().isEmpty()) {
            if (known == null) {
                target.set(name, value);
            }
        } else if (value.isTextual() && PIECES.contains(name)) {
            StringBuilder text = known instanceof POJONode node ? (StringBuilder) node.getPojo() : new StringBuilder();
            target.set(name, nodes.pojoNode(text.append(value.textValue())));
        } else if (value instanceof ObjectNode object) {
            merge(object, known instanceof ObjectNode present ? present : target.putObject(name));
        } else if (value instanceof ArrayNode list) {
            merge(list, known instanceof ArrayNode present ? present : target.putArray(name));
        } else {
            target.set(name, value);
        }
    }

    /** Elements with an index are parts of the element with that index; others are appended. */
    private void merge(ArrayNode list, ArrayNode target) {
        for (JsonNode element : list) {
            ObjectNode same = element.has(INDEX) ? at(target, element.path(INDEX).asInt()) : null;
            if (same != null) {
                merge((ObjectNode) element, same);
            } else if (element instanceof ObjectNode first) {
                merge(first, target.addObject());
            } else {
                target.add(element);
            }
        }
    }

    private static ObjectNode at(ArrayNode list, int index) {
        for (JsonNode element : list) {
            if (element instanceof ObjectNode object && object.has(INDEX) && object.path(INDEX).asInt() == index) {
                return object;
            }
        }
        return null;
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull() || value.isTextual() && value.textValue().isEmpty() || value.isContainerNode() && value.isEmpty();
    }
}
