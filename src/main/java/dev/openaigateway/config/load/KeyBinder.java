package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.ClientKey;
import dev.openaigateway.config.KeyDigest;
import dev.openaigateway.config.KeyedClient;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the clients with their keys: {@code clients.keys}, {@code clients.issued} and {@code clients.revoked}. */
final class KeyBinder {

    static final String ISSUED = "issued";
    static final String REVOKED = "revoked";

    private final Section clients;
    private final Map<KeyDigest, Instant> ends = new HashMap<>();
    private final Map<String, List<ClientKey>> issued = new HashMap<>();
    /** The keys read so far, with the names of their clients. */
    private final Map<KeyDigest, String> seen = new HashMap<>();

    private KeyBinder(Section clients) {
        this.clients = clients;
    }

    static List<KeyedClient> bind(Section clients) {
        KeyBinder binder = new KeyBinder(clients);
        binder.readRevoked();
        List<KeyedClient> configured = binder.readClients();
        return binder.withIssued(configured);
    }

    private void readRevoked() {
        Section revoked = clients.section(REVOKED);
        for (String hash : revoked.keys()) {
            Optional<Instant> end = revoked.optional(hash, KeyParsers::time);
            if (KeyDigest.isWritten(hash)) {
                end.ifPresent(time -> ends.put(KeyDigest.parse(hash), time));
            } else {
                clients.problem(REVOKED, null, "must have as keys sha256: and the 64 hexadecimal digits of a key's SHA-256");
            }
        }
    }

    /** A client is an object, or the text of its key; the client of the latter is named {@code client-1} and so on. */
    private List<KeyedClient> readClients() {
        List<KeyedClient> result = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<JsonNode> items = clients.items("keys");
        for (int i = 0; i < items.size(); i++) {
            Section section = clients.element("keys", i, object(items.get(i)));
            String name = section.value("name", "client-" + (i + 1), ValueParsers::name);
            KeyedClient client = new KeyedClient(
                    name,
                    keys(name, section),
                    section.value("tpm", 0L, ValueParsers.number(0, Long.MAX_VALUE)),
                    section.value("rpm", 0L, ValueParsers.number(0, Long.MAX_VALUE)),
                    Set.copyOf(section.list("models", List.of(), ValueParsers::text)));
            section.refuseUnknownKeys();
            if (name.equals(KeyedClient.KEYLESS)) {
                section.problem("name", name, "stands for requests without a key; give the client another name");
            }
            if (!names.add(client.name())) {
                section.problem("name", client.name(), "is the name of an earlier client; names must be unique, and keys of one client are listed under its keys");
            }
            result.add(client);
        }
        return result;
    }

    private static ObjectNode object(JsonNode item) {
        return item instanceof ObjectNode written ? written : JsonNodeFactory.instance.objectNode().set("key", item);
    }

    /** {@code key} or {@code hash} of the client itself, and those in its list {@code keys}. */
    private List<ClientKey> keys(String name, Section client) {
        List<ClientKey> keys = new ArrayList<>();
        boolean hasList = client.keys().contains("keys");
        if (!hasList || client.has("key") || client.has("hash")) {
            key(name, client).ifPresent(keys::add);
        } else if (client.isGiven("expires")) {
            client.problem("expires", null, "belongs to a key; write it in the elements of keys");
        }
        if (hasList) {
            List<JsonNode> items = client.items("keys");
            for (int i = 0; i < items.size(); i++) {
                Section element = client.element("keys", i, object(items.get(i)));
                key(name, element).ifPresent(keys::add);
                element.refuseUnknownKeys();
            }
        }
        return keys;
    }

    private Optional<ClientKey> key(String client, Section section) {
        boolean plain = section.has("key");
        boolean hashed = section.has("hash");
        KeyDigest digest = hashed ? hash(section) : digest(section);
        Optional<Instant> expires = section.optional("expires", KeyParsers::time);
        if (plain && hashed) {
            section.problem("hash", null, "cannot be set together with key");
        }
        return unique(client, section, hashed ? "hash" : "key", digest).map(unique -> new ClientKey(unique, Optional.empty(), expires)).map(this::ended);
    }

    private static KeyDigest digest(Section section) {
        String key = section.secret("key", KeyParsers::key).value().strip();
        if (!section.has("key")) {
            section.problem("key", null, "must have a value");
        }
        return key.isEmpty() ? null : KeyDigest.of(key);
    }

    private static KeyDigest hash(Section section) {
        section.isGiven("key");
        String hash = section.secret("hash", KeyParsers::hash).value();
        return hash.isEmpty() ? null : KeyDigest.parse(hash);
    }

    private Optional<KeyDigest> unique(String client, Section section, String key, KeyDigest digest) {
        if (digest == null) {
            return Optional.empty();
        }
        String owner = seen.putIfAbsent(digest, client);
        if (owner != null) {
            section.problem(key, "****", "is already a key of client '" + section.written().of(owner) + "'; keys must be unique");
        }
        return Optional.of(digest);
    }

    private ClientKey ended(ClientKey key) {
        Instant end = ends.get(key.digest());
        return end == null ? key : key.until(end);
    }

    /** Keys of a client that is not configured any more are read, but belong to none. */
    private List<KeyedClient> withIssued(List<KeyedClient> configured) {
        Section all = clients.section(ISSUED);
        for (String client : all.keys()) {
            List<JsonNode> items = all.items(client);
            for (int i = 0; i < items.size(); i++) {
                Section element = all.element(client, i, items.get(i) instanceof ObjectNode written ? written : JsonNodeFactory.instance.objectNode());
                issuedKey(client, element).ifPresent(key -> issued.computeIfAbsent(client, name -> new ArrayList<>()).add(key));
                element.refuseUnknownKeys();
            }
        }
        return configured.stream().map(client -> {
            List<ClientKey> keys = new ArrayList<>(client.keys());
            keys.addAll(issued.getOrDefault(client.name(), List.of()));
            return new KeyedClient(client.name(), keys, client.tpm(), client.rpm(), client.models());
        }).toList();
    }

    private Optional<ClientKey> issuedKey(String client, Section section) {
        for (String key : List.of("hash", "created")) {
            if (!section.has(key)) {
                section.problem(key, null, "must have a value");
            }
        }
        KeyDigest digest = hash(section);
        Optional<Instant> created = section.optional("created", KeyParsers::time);
        Optional<Instant> expires = section.optional("expires", KeyParsers::time);
        return created.isEmpty() ? Optional.empty()
                : unique(client, section, "hash", digest).map(unique -> new ClientKey(unique, created, expires)).map(this::ended);
    }
}
