package dev.openaigateway.affinity;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.ObjectKind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds what the JSON body of a request refers to, in the order of the body. Serves one body. */
final class RequestReferences {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int LONGEST_ID = 256;
    /** The members of a body that have items: of a response, and of a conversation. */
    private static final Set<String> ITEMS = Set.of("input", "items");

    private final List<Reference> found = new ArrayList<>();
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
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.FIELD_NAME) {
                member = depth == 1 ? parser.currentName() : member;
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
            case "approval_request_id" -> addAt(isOfItem(parser.getParsingContext()), ObjectKind.ITEM, parser);
            case "encrypted_content" -> add(ObjectKind.CIPHERTEXT, parser.getText(), false);
            case "type" -> {
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
            add(ObjectKind.ITEM, parser.getText(), true);
        } else if (member.equals("messages") && "audio".equals(parser.getParsingContext().getParent().getCurrentName())) {
            add(ObjectKind.AUDIO, parser.getText(), true);
        } else if ("video".equals(parser.getParsingContext().getParent().getCurrentName())) {
            add(ObjectKind.OTHER, parser.getText(), true);
        } else if (depth == 2) {
            addAt(member.equals("conversation"), ObjectKind.CONVERSATION, parser);
            addAt(member.equals("prompt"), ObjectKind.PROMPT, parser);
        }
    }

    /**
     * Whether an object with this member is an item, alone or in lists. Upstreams read a stored item by its id also if the object has
     * more members, such as reasoning without its text, and take what is whole as it is; which they do cannot be seen here.
     */
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
