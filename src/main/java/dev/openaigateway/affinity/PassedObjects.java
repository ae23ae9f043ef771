package dev.openaigateway.affinity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.call.Client;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.ObjectKind;
import dev.openaigateway.openai.PassedRequest;
import dev.openaigateway.routing.Attempt;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The stored objects of requests that are passed through. An object is created at the instance of the objects that the request refers to,
 * else at the one where the client created an object before, so that all objects of a client are in one resource. Thread-safe.
 */
final class PassedObjects {

    private static final Duration YEAR = Duration.ofDays(365);
    private static final String CREATIONS = "creations of";

    private final OwnerTable owners;

    PassedObjects(OwnerTable owners) {
        this.owners = owners;
    }

    /** The objects that the path names; empty if it names a collection. */
    static List<Reference> inPath(PassedRequest request) {
        List<Reference> named = new ArrayList<>();
        ObjectKind kind = request.kind();
        String[] parts = request.rest().split("/");
        for (int i = 0; i < (kind == ObjectKind.OTHER ? parts.length : 1); i++) {
            if (!parts[i].isEmpty()) {
                named.add(new Reference(kind, parts[i], true));
            }
        }
        return named;
    }

    /** Where the client created something before; null if it did not. */
    Owner creations(String client) {
        Digest key = Digest.of(CREATIONS, client);
        return owners.find(Map.of(key, YEAR)).get(key);
    }

    /**
     * Remembers what the response shows to be created, and forgets what was deleted.
     *
     * @param owner of what the client of the request creates at the instance that responded
     * @return the body for the client: of a list only what the client may see
     */
    byte[] responded(Attempt attempt, PassedRequest request, Owner owner, byte[] body) {
        if (request.method().equals("DELETE")) {
            inPath(request).stream().filter(named -> request.rest().equals(named.id())).forEach(named -> owners.remove(named.digest()));
            return body;
        }
        try {
            JsonNode json = Json.MAPPER.readTree(body);
            if (json instanceof ObjectNode object) {
                return json.path("data") instanceof ArrayNode list && isShared(request) ? filtered(attempt, request, owner, object, list, body)
                        : recorded(request, owner, object, body);
            }
        } catch (IOException e) {
            return body;
        }
        return body;
    }

    private static boolean isCollection(PassedRequest request) {
        return request.rest().isEmpty() || request.kind() == ObjectKind.OTHER;
    }

    /** Whether a list can have objects of several clients. What is listed below an object belongs to it. */
    private boolean isShared(PassedRequest request) {
        return isCollection(request) && inPath(request).stream().allMatch(named -> owners.known(named.digest()) == null);
    }

    private byte[] recorded(PassedRequest request, Owner owner, ObjectNode object, byte[] body) {
        Map<Digest, Duration> keys = new HashMap<>();
        boolean creates = request.method().equals("POST") && isCollection(request);
        if (creates) {
            add(keys, request.kind(), object.path("id"));
        }
        addWritten(keys, object);
        if (request.kind() == ObjectKind.CONVERSATION && request.rest().contains("/items")) {
            rememberItems(request, owner, body);
        }
        if (!keys.isEmpty()) {
            if (creates) {
                keys.put(Digest.of(CREATIONS, owner.client()), YEAR);
            }
            owners.put(owner, keys);
        }
        return body;
    }

    /** The items of a conversation belong to its owner. */
    private void rememberItems(PassedRequest request, Owner owner, byte[] body) {
        Owner known = owners.known(inPath(request).get(0).digest());
        Map<Digest, Duration> keys = new HashMap<>();
        ResponseParts.in(body, ObjectKind.ITEM).forEach(part -> keys.put(part.digest(), part.lifetime()));
        owners.put(known == null ? owner : known, keys);
    }

    /** Adds the files that the object, such as a batch, has written. */
    private static void addWritten(Map<Digest, Duration> keys, JsonNode object) {
        add(keys, ObjectKind.FILE, object.path("output_file_id"));
        add(keys, ObjectKind.FILE, object.path("error_file_id"));
        add(keys, ObjectKind.FILE, object.path("file").path("id"));
        object.path("result_files").forEach(file -> add(keys, ObjectKind.FILE, file));
    }

    private static void add(Map<Digest, Duration> keys, ObjectKind kind, JsonNode id) {
        if (id.isTextual() && !id.textValue().isEmpty()) {
            Reference made = new Reference(kind, id.textValue(), true);
            keys.put(made.digest(), made.lifetime());
        }
    }

    /** Without client keys nothing is left out. */
    private byte[] filtered(Attempt attempt, PassedRequest request, Owner maker, ObjectNode object, ArrayNode list, byte[] body)
            throws IOException {
        String client = attempt.call().clientName();
        if (client.equals(Client.ANONYMOUS.name())) {
            return body;
        }
        Map<Digest, Duration> keys = new HashMap<>();
        list.forEach(entry -> add(keys, request.kind(), entry.path("id")));
        Map<Digest, Owner> found = owners.find(keys);
        Map<Digest, Duration> written = new HashMap<>();
        ArrayNode visible = object.putArray("data");
        list.forEach(entry -> {
            Owner owner = found.get(Digest.of(request.kind().name(), entry.path("id").asText()));
            if (owner != null && owner.client().equals(client)) {
                visible.add(entry);
                addWritten(written, entry);
            }
        });
        owners.put(maker, written);
        setIfPresent(object, "first_id", visible.path(0));
        setIfPresent(object, "last_id", visible.path(visible.size() - 1));
        return Json.MAPPER.writeValueAsBytes(object);
    }

    private static void setIfPresent(ObjectNode object, String member, JsonNode entry) {
        if (object.has(member)) {
            object.set(member, entry.hasNonNull("id") ? entry.get("id") : object.nullNode());
        }
    }
}
