package dev.openaigateway.affinity;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.ObjectKind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Finds the ids and encrypted texts in a response, or in an event of a stream, to which later requests may refer. */
final class ResponseIds {

    private ResponseIds() {
    }

    /**
     * @param json the response, an event, or the beginning of one of them
     * @param root the kind of object that the member {@code id} of the root names; null if it is not kept
     */
    static List<Reference> in(byte[] json, ObjectKind root) {
        List<Reference> found = new ArrayList<>();
        try (JsonParser parser = LooseJson.parser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    read(parser, root, found);
                }
            }
        } catch (IOException e) {
            return found;
        }
        return found;
    }

    private static void read(JsonParser parser, ObjectKind root, List<Reference> found) throws IOException {
        JsonStreamContext context = parser.getParsingContext();
        String name = context.inArray() ? null : context.getCurrentName();
        ObjectKind kind = name == null ? null : switch (name) {
            case "id" -> ofId(context, root);
            case "encrypted_content" -> ObjectKind.CIPHERTEXT;
            case "container_id" -> ObjectKind.CONTAINER;
            default -> null;
        };
        if (kind != null && parser.getTextLength() > 0) {
            found.add(new Reference(kind, parser.getText(), true));
        }
    }

    /** By the place of the object that has the id: the response, in an event or alone, or one of its parts. */
    private static ObjectKind ofId(JsonStreamContext context, ObjectKind root) {
        JsonStreamContext parent = context.getParent();
        if (parent.inRoot()) {
            return root;
        }
        boolean inList = parent.inArray();
        JsonStreamContext owner = inList ? parent.getParent() : parent;
        String name = owner.getCurrentName();
        if ("audio".equals(name) && !inList) {
            return ObjectKind.AUDIO;
        }
        if (name == null || !owner.getParent().inRoot() && !"response".equals(owner.getParent().getCurrentName())) {
            return null;
        }
        return switch (name) {
            case "response" -> ObjectKind.RESPONSE;
            case "conversation" -> ObjectKind.CONVERSATION;
            case "item" -> ObjectKind.ITEM;
            case "output", "data" -> inList ? ObjectKind.ITEM : null;
            default -> null;
        };
    }
}
