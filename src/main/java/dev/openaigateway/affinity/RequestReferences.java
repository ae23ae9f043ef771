package dev.openaigateway.affinity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.ObjectKind;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Finds what the JSON body of a request refers to, in the order of the body. Serves one body. */
final class RequestReferences {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST_ID = 256;
    /** The members of a body that have items: of a response, and of a conversation. */
    private static final Set<String> ITEMS = Set.of("input", "items");
    /** The items that upstreams take as they are sent, if they have one of the members below. Others are read from the store by their id. */
    private static final Set<String> SENT_WHOLE =
            Set.of("message", "function_call", "function_call_output", "custom_tool_call", "custom_tool_call_output");
    private static final Set<String> CONTENT = Set.of("content", "arguments", "input", "output");

    private final FoundReferences found;
    private final Set<String> itemIds = new LinkedHashSet<>(1);
    private int itemDepth;
    private String itemType;
    private boolean itemHasContent;
    private String lastId;
    private ObjectKind lastType;

    private RequestReferences(FoundReferences found) {
        this.found = found;
    }

    /** @throws IOException if the body is not JSON to its end; then it may refer to more than can be found */
    static void add(byte[] body, FoundReferences found) throws IOException {
        try (JsonParser parser = JSON.createParser(body)) {
            new RequestReferences(found).read(parser);
        }
    }

    private void read(JsonParser parser) throws IOException {
        int depth = 0;
        String member = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token.isStructStart() || token.isStructEnd()) {
                lastId = null;
                lastType = null;
            }
            if (token.isStructStart()) {
                depth++;
                enter(parser, token, depth);
            } else if (token.isStructEnd()) {
                if (depth == itemDepth) {
                    endItem();
                }
                depth--;
            } else if (token == JsonToken.FIELD_NAME) {
                member = depth == 1 ? parser.currentName() : member;
            } else if (token == JsonToken.VALUE_STRING) {
                readText(parser, depth, member);
            }
        }
    }

    private void enter(JsonParser parser, JsonToken token, int depth) {
        if (token == JsonToken.START_OBJECT && isOfItem(parser.getParsingContext())) {
            itemDepth = depth;
            itemType = null;
            itemHasContent = false;
        } else if (token == JsonToken.START_OBJECT && depth > itemDepth && itemDepth > 0) {
            itemHasContent |= isContent(parser.getParsingContext().getParent());
        }
    }

    private void endItem() {
        boolean sent = itemHasContent && (itemType == null || SENT_WHOLE.contains(itemType));
        itemIds.forEach(id -> add(ObjectKind.ITEM, id, !sent));
        itemIds.clear();
        itemDepth = 0;
    }

    /** Whether a value is the content of an item: that of one of its members {@link #CONTENT}, or an entry of a list in one. */
    private static boolean isContent(JsonStreamContext at) {
        String name = name(at);
        return name != null && CONTENT.contains(name) && isOfItem(at.inArray() ? at.getParent() : at);
    }

    private void readText(JsonParser parser, int depth, String member) throws IOException {
        String name = name(parser.getParsingContext());
        if (name == null) {
            return;
        }
        itemHasContent |= itemDepth > 0 && isContent(parser.getParsingContext()) && !parser.getText().isEmpty();
        switch (name) {
            case "previous_response_id" -> addAt(depth == 1, ObjectKind.RESPONSE, parser);
            case "conversation" -> addAt(depth == 1, ObjectKind.CONVERSATION, parser);
            case "approval_request_id" -> addAt(isOfItem(parser.getParsingContext()), ObjectKind.ITEM, parser);
            case "encrypted_content" -> add(ObjectKind.CIPHERTEXT, parser.getText(), false);
            case "type" -> {
                itemType = depth == itemDepth ? parser.getText() : itemType;
                lastType = ObjectKind.ofMember(parser.getText()).orElse(null);
                addTyped();
            }
            case "id" -> {
                readId(parser, depth, member);
                lastId = parser.getText();
                addTyped();
            }
            default -> {
                ObjectKind kind = ObjectKind.ofMember(name).orElse(null);
                addAt(kind != null && (depth > 1 || kind != ObjectKind.CONTAINER), kind, parser);
            }
        }
    }

    /** An object such as {@code {"type": "file_id", "id": "file-1"}}, in either order. */
    private void addTyped() {
        if (lastType != null && lastId != null) {
            add(lastType, lastId, true);
        }
    }

    private void readId(JsonParser parser, int depth, String member) throws IOException {
        if (isOfItem(parser.getParsingContext())) {
            itemIds.add(parser.getText());
            FoundReferences.requireFew(itemIds.size());
        } else if (member.equals("messages") && "audio".equals(parser.getParsingContext().getParent().getCurrentName())) {
            add(ObjectKind.AUDIO, parser.getText(), true);
        } else if ("video".equals(parser.getParsingContext().getParent().getCurrentName())) {
            add(ObjectKind.OTHER, parser.getText(), true);
        } else if (depth == 2) {
            addAt(member.equals("conversation"), ObjectKind.CONVERSATION, parser);
            addAt(member.equals("prompt"), ObjectKind.PROMPT, parser);
        }
    }

    /** Whether the object is an item, alone or in lists. */
    private static boolean isOfItem(JsonStreamContext object) {
        JsonStreamContext holder = object.getParent();
        while (holder.inArray()) {
            holder = holder.getParent();
        }
        return holder.inObject() && holder.getParent().inRoot() && ITEMS.contains(holder.getCurrentName());
    }

    private void addAt(boolean matches, ObjectKind kind, JsonParser parser) throws IOException {
        if (matches) {
            add(kind, parser.getText(), true);
        }
    }

    private void add(ObjectKind kind, String id, boolean fetched) {
        if (!id.isEmpty() && (kind == ObjectKind.CIPHERTEXT || id.length() <= LONGEST_ID)) {
            found.add(new Reference(kind, id, fetched));
        }
    }

    /** The name of the member that has the value, or the list with the value. */
    private static String name(JsonStreamContext context) {
        return context.inArray() ? context.getParent().getCurrentName() : context.getCurrentName();
    }
}
