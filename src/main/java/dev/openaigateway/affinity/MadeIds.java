package dev.openaigateway.affinity;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.ObjectKind;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the ids in the response to a request that creates something, or in an event of its stream: that of the object itself, and those
 * of what was made along with it, such as the thread of a run. Not thread-safe.
 */
final class MadeIds {

    /** The member of an object that names what it works with, at any depth. */
    private static final String RESOURCES = "tool_resources";

    private final ObjectKind kind;
    private final List<Reference> own = new ArrayList<>(1);
    private final List<Reference> along = new ArrayList<>(1);
    private boolean isObject;

    /** @param kind of the object itself */
    private MadeIds(ObjectKind kind) {
        this.kind = kind;
    }

    /** @param json the response, an event, or the beginning of one of them */
    static MadeIds in(byte[] json, ObjectKind kind) {
        MadeIds ids = new MadeIds(kind);
        try (JsonParser parser = LooseJson.parser(json)) {
            ids.read(parser);
        } catch (IOException e) {
            return ids;
        }
        return ids;
    }

    private void read(JsonParser parser) throws IOException {
        int depth = 0;
        String member = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token == JsonToken.FIELD_NAME && depth == 1) {
                member = parser.currentName();
            } else if (token == JsonToken.VALUE_STRING && parser.getTextLength() > 0) {
                JsonStreamContext at = parser.getParsingContext();
                String name = at.inArray() ? at.getParent().getCurrentName() : at.getCurrentName();
                read(parser, depth == 1 && at.inObject(), member, name == null ? "" : name);
            }
        }
    }

    private void read(JsonParser parser, boolean inRoot, String member, String name) throws IOException {
        isObject |= inRoot && name.equals("object");
        if (inRoot && name.equals("id")) {
            own.add(new Reference(kind, parser.getText(), true));
        } else if (inRoot || member.equals(RESOURCES)) {
            ObjectKind made = ObjectKind.ofMade(name).orElse(null);
            if (made != null) {
                along.add(new Reference(made, parser.getText(), true));
            }
        }
    }

    /** The object itself; empty if it has no id. */
    List<Reference> own() {
        return own;
    }

    /** What it names, which the request may have named before. */
    List<Reference> along() {
        return along;
    }

    /** Whether it says which kind of object it is. */
    boolean isObject() {
        return isObject;
    }
}
