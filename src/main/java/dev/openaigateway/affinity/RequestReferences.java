package dev.openaigateway.affinity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.ObjectKind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds what the JSON body of a request refers to, in the order of the body. Serves one body. */
final class RequestReferences {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int ITEM_DEPTH = 3;
    private static final int LONGEST_ID = 256;

    private final List<Reference> found = new ArrayList<>();
    private String itemId;
    private String itemType;
    private int itemMembers;
    private String lastId;
    private ObjectKind lastType;

    private RequestReferences() {
    }

    /** @throws IOException if the body is not JSON to its end; then it may refer to more than can be found */
    static List<Reference> in(byte[] body) throws IOException {
        RequestReferences references = new RequestReferences();
        try (JsonParser parser = JSON.createParser(body)) {
            references.read(parser);
        }
        return references.found;
    }

    private void read(JsonParser parser) throws IOException {
        int depth = 0;
        String member = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token.isStructStart() || token.isStructEnd()) {
                lastId = null;
                lastType = null;
            }
            boolean inItem = depth == ITEM_DEPTH && member.equals("input");
            if (token.isStructStart()) {
                depth++;
                if (depth == ITEM_DEPTH && token == JsonToken.START_OBJECT) {
                    itemId = null;
                    itemType = null;
                    itemMembers = 0;
                }
            } else if (token.isStructEnd()) {
                if (inItem && token == JsonToken.END_OBJECT) {
                    endItem();
                }
                depth--;
            } else if (token == JsonToken.FIELD_NAME) {
                member = depth == 1 ? parser.currentName() : member;
                itemMembers += inItem ? 1 : 0;
            } else if (token == JsonToken.VALUE_STRING) {
                readText(parser, depth, member);
            }
        }
    }

    private void readText(JsonParser parser, int depth, String member) throws IOException {
        String name = name(parser.getParsingContext());
        if (name == null) {
            return;
        }
        switch (name) {
            case "previous_response_id" -> addAt(depth == 1, ObjectKind.RESPONSE, parser);
            case "conversation" -> addAt(depth == 1, ObjectKind.CONVERSATION, parser);
            case "encrypted_content" -> add(ObjectKind.CIPHERTEXT, parser.getText(), false);
            case "type" -> {
                itemType = depth == ITEM_DEPTH ? parser.getText() : itemType;
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
        if (depth == ITEM_DEPTH && member.equals("input")) {
            itemId = parser.getText();
        } else if (member.equals("messages") && "audio".equals(parser.getParsingContext().getParent().getCurrentName())) {
            add(ObjectKind.AUDIO, parser.getText(), true);
        } else if ("video".equals(parser.getParsingContext().getParent().getCurrentName())) {
            add(ObjectKind.OTHER, parser.getText(), true);
        } else if (depth == 2) {
            addAt(member.equals("conversation"), ObjectKind.CONVERSATION, parser);
            addAt(member.equals("prompt"), ObjectKind.PROMPT, parser);
        }
    }

    /** An object with only an id and perhaps a type, or of this type, refers to a stored item; others are whole and have an id beside. */
    private void endItem() {
        if (itemId != null) {
            add(ObjectKind.ITEM, itemId, "item_reference".equals(itemType) || itemMembers <= 2);
        }
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
