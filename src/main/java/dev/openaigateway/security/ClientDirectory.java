package dev.openaigateway.security;

import dev.openaigateway.call.Client;
import dev.openaigateway.config.ClientKey;
import dev.openaigateway.config.ClientSettings;
import dev.openaigateway.config.KeyDigest;
import dev.openaigateway.config.KeyedClient;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds clients by the digests of their keys, in a time that does not grow with their number. Immutable; a reload creates a new one. */
public final class ClientDirectory {

    /** A key, and the client that it belongs to. */
    record Known(Client client, ClientKey key) {
    }

    private final String header;
    private final boolean empty;
    private final Map<KeyDigest, Known> clients;

    /** @param settings in which no key is used twice */
    public ClientDirectory(ClientSettings settings) {
        header = settings.header();
        empty = settings.keys().isEmpty();
        Map<KeyDigest, Known> byDigest = new HashMap<>();
        for (KeyedClient configured : settings.keys()) {
            Client client = new Client(configured.name(), configured.tpm(), configured.rpm(), configured.models());
            configured.keys().forEach(key -> byDigest.put(key.digest(), new Known(client, key)));
        }
        clients = Map.copyOf(byDigest);
    }

    /** Whether no clients are configured. Clients whose keys are all revoked or expired still count. */
    boolean isEmpty() {
        return empty;
    }

    /** The keys in the request; empty if it has none. */
    List<String> keys(HeaderLookup headers) {
        return RequestCredentials.of(headers, header);
    }

    /** What is known of a key; null if nothing is. */
    Known find(String key) {
        return clients.get(KeyDigest.of(key));
    }
}
