package dev.openaigateway.openai.form;

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

    /** The texts of a delta that come at once, and may be repeated. All others come in pieces, as each upstream has members of its own. */
    private static final Set<String> LABELS = Set.of("role", "id", "type", "name", "object", "format", "signature", "channel", "recipient", "call_id",
            "item_id", "status", "url", "title", "file_id", "filename", "mime_type", "encoding", "language", "severity", "padding", "obfuscation");
    /** The texts that come in pieces at every upstream, of which one may repeat what came before. */
    private static final Set<String> PIECES = Set.of("content", "text", "reasoning_content", "reasoning", "reasoning_text", "thinking", "refusal", "arguments",
            "input", "data", "transcript", "summary", "code", "output");
    /** The longest text of any other member that is taken for a label if it is repeated, in characters. */
    private static final int LONGEST_LABEL = 64;
    private static final String DELTA = "delta";
    private static final String TEXT = "text";
    private static final String TYPE = "type";
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
                part.properties().forEach(member -> merge(member.getKey(), member.getValue(), target, isInPieces(member.getKey())));
            }
        }
        chunk.remove("choices");
        if (root.has(USAGE) && !hasCounts(chunk.path(USAGE))) {
            chunk.remove(USAGE);
        }
        chunk.properties().stream().filter(member -> !isEmpty(member.getValue())).forEach(member -> root.set(member.getKey(), member.getValue()));
    }

    /** Of a choice only its delta, and the text of a completion. */
    private static boolean isInPieces(String member) {
        return member.equals(DELTA) || member.equals(TEXT);
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
        if (choice.remove(DELTA) instanceof ObjectNode delta) {
            message.setAll(delta);
        }
        for (JsonNode call : message.path("tool_calls")) {
            if (call instanceof ObjectNode object) {
                object.remove(INDEX);
            }
        }
        ObjectNode whole = nodes.objectNode().put(INDEX, choice.path(INDEX).asInt());
        whole.set("message", message);
        return whole.setAll(choice);
    }

    private void merge(ObjectNode part, ObjectNode target, boolean pieces) {
        part.properties().forEach(member -> merge(member.getKey(), member.getValue(), target, pieces));
    }

    /** @param pieces whether texts are appended to those that are known */
    private void merge(String name, JsonNode value, ObjectNode target, boolean pieces) {
        JsonNode known = target.get(name);
        if (value.isNull() || value.isTextual() && value.textValue().isEmpty()) {
            if (known == null) {
                target.set(name, value);
            }
        } else if (value.isTextual() && pieces && !LABELS.contains(name)) {
            if (known instanceof ArrayNode list) {
                append(value, list);
            } else {
                StringBuilder text = known instanceof POJONode node ? (StringBuilder) node.getPojo() : new StringBuilder();
                target.set(name, nodes.pojoNode(isRepeatedLabel(name, value.textValue(), text) ? text : text.append(value.textValue())));
            }
        } else if (value instanceof ObjectNode object) {
            merge(object, known instanceof ObjectNode present ? present : target.putObject(name), pieces);
        } else if (value instanceof ArrayNode list) {
            merge(list, known instanceof ArrayNode present ? present : listOf(known, target.putArray(name)), pieces);
        } else {
            target.set(name, value);
        }
    }

    private static boolean isRepeatedLabel(String name, String value, StringBuilder known) {
        return value.length() <= LONGEST_LABEL && !PIECES.contains(name) && value.contentEquals(known);
    }

    /** Some upstreams send a content as text and as a list of parts in turn. The text is then one of the parts. */
    private void append(JsonNode text, ArrayNode list) {
        boolean goesOn = list.path(list.size() - 1).path(TYPE).asText().equals(TEXT);
        ObjectNode part = goesOn ? (ObjectNode) list.get(list.size() - 1) : list.addObject().put(TYPE, TEXT);
        merge(TEXT, text, part, true);
    }

    private static ArrayNode listOf(JsonNode known, ArrayNode list) {
        if (known instanceof POJONode text) {
            list.addObject().put(TYPE, TEXT).set(TEXT, text);
        }
        return list;
    }

    /** Elements with an index are parts of the element with that index; others are appended. */
    private void merge(ArrayNode list, ArrayNode target, boolean pieces) {
        for (JsonNode element : list) {
            if (element instanceof ObjectNode part) {
                ObjectNode same = part.has(INDEX) ? same(part, target) : null;
                merge(part, same == null ? target.addObject() : same, pieces);
            } else if (!element.isNull()) {
                target.add(element);
            }
        }
    }

    /** Reasoning of several types may have the same index, and so have parallel calls of Gemini. What has neither type nor id goes on with the last one. */
    private static ObjectNode same(ObjectNode part, ArrayNode list) {
        for (int i = list.size() - 1; i >= 0; i--) {
            if (list.get(i) instanceof ObjectNode object && object.has(INDEX) && object.path(INDEX).asInt() == part.path(INDEX).asInt()
                    && (!part.has(TYPE) || !object.has(TYPE) || part.get(TYPE).equals(object.get(TYPE))) && !isOtherCall(part, object)) {
                return object;
            }
        }
        return null;
    }

    private static boolean isOtherCall(ObjectNode part, ObjectNode known) {
        String id = part.path("id").asText();
        return !id.isEmpty() && !part.at("/function/name").asText().isEmpty() && known.path("id").isTextual()
                && !known.path("id").asText().isEmpty() && !known.path("id").asText().equals(id);
    }

    private static boolean isEmpty(JsonNode value) {
        return value.isNull() || value.isTextual() && value.textValue().isEmpty() || value.isNumber() && value.asDouble() == 0 || value.isContainerNode() && value.isEmpty();
    }
}
