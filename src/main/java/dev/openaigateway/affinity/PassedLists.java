package dev.openaigateway.affinity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.openai.ObjectKind;
import dev.openaigateway.openai.body.PassedRequest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Removes what other clients have made from the lists in responses to requests that are passed through. Thread-safe. */
final class PassedLists {

    private static final String MORE = "has_more";

    private final OwnerTable owners;

    PassedLists(OwnerTable owners) {
        this.owners = owners;
    }

    /** The list in a response: the whole, or its member {@code data}; null if it has none. */
    static ArrayNode in(JsonNode json) {
        return json instanceof ArrayNode whole ? whole : json instanceof ObjectNode object && object.get("data") instanceof ArrayNode list ? list : null;
    }

    /**
     * Leaves only the entries that the client may see, and lets {@code first_id} and {@code last_id} name those. Entries of unknown
     * owners are removed.
     *
     * @param json  has a list
     * @param limit the most entries that the client wants
     * @return the id of the last entry, if nothing is left although there are further pages; else null
     */
    String filter(PassedRequest request, String client, JsonNode json, int limit) {
        ArrayNode list = in(json);
        JsonNode last = list.path(list.size() - 1).path("id");
        List<List<Reference>> named = StreamSupport.stream(list.spliterator(), false).map(entry -> named(request, entry)).toList();
        Map<Digest, Owner> found = owners.find(client, Reference.keys(named.stream().flatMap(List::stream).toList()));
        List<JsonNode> visible = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            List<Reference> references = named.get(i);
            boolean isOwn = references.stream().map(reference -> found.get(reference.digest())).allMatch(owner -> owner != null && owner.client().equals(client));
            if (isOwn && (!references.isEmpty() || !mayBeObject(request, list.get(i)))) {
                visible.add(list.get(i));
            }
        }
        list.removeAll().addAll(visible.subList(0, Math.min(visible.size(), limit)));
        if (json instanceof ObjectNode object) {
            if (visible.size() > limit) {
                object.put(MORE, true);
            }
            setIfPresent(object, "first_id", list.path(0));
            setIfPresent(object, "last_id", list.path(list.size() - 1));
        }
        return visible.isEmpty() && json.path(MORE).asBoolean() && last.isTextual() ? last.textValue() : null;
    }

    /** What an entry names: the object that it is, and in the result of a search also what it was found in, such as the file. */
    private static List<Reference> named(PassedRequest request, JsonNode entry) {
        List<Reference> named = new ArrayList<>(1);
        add(named, request.kind(), entry.path("id"));
        if (!request.method().equals("GET")) {
            entry.fields().forEachRemaining(member -> ObjectKind.ofMember(member.getKey()).ifPresent(kind -> add(named, kind, member.getValue())));
        }
        return named;
    }

    private static void add(List<Reference> named, ObjectKind kind, JsonNode id) {
        if (id.isTextual() && !id.textValue().isEmpty()) {
            named.add(new Reference(kind, id.textValue(), true));
        }
    }

    /**
     * Whether an entry that names nothing has to be taken for an object. What is read is a list of objects, or of facts about all
     * clients. Other requests also compute something: scores, vectors and labels have no id. A number in an inner list is that of a token.
     */
    private static boolean mayBeObject(PassedRequest request, JsonNode entry) {
        boolean computes = !request.method().equals("GET") && request.kind() == ObjectKind.OTHER;
        return !computes || entry.hasNonNull("id")
                || entry.isArray() && StreamSupport.stream(entry.spliterator(), false).anyMatch(inner -> inner.path("id").isTextual());
    }

    private static void setIfPresent(ObjectNode object, String member, JsonNode entry) {
        if (object.has(member)) {
            object.set(member, entry.hasNonNull("id") ? entry.get("id") : object.nullNode());
        }
    }
}
