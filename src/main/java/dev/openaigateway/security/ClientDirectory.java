package dev.openaigateway.security;

import dev.openaigateway.call.Client;
import dev.openaigateway.config.ClientSettings;
import dev.openaigateway.config.ClientSettings.ClientKey;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds clients by the digests of their keys. Immutable; a reload creates a new one. */
public final class ClientDirectory {

    private final String header;
    private final Map<KeyDigest, Client> clients;

    /** @param settings with keys that are neither blank nor used twice */
    public ClientDirectory(ClientSettings settings) {
        header = settings.header();
        Map<KeyDigest, Client> byDigest = new HashMap<>();
        for (ClientKey key : settings.keys()) {
            Client client = new Client(key.name(), key.tpm(), key.rpm(), key.models());
            byDigest.put(KeyDigest.of(key.key().value().strip()), client);
        }
        clients = Map.copyOf(byDigest);
    }

    /** Whether no keys are configured. */
    boolean isEmpty() {
        return clients.isEmpty();
    }

    /** The keys in the request; empty if it has none. */
    List<String> keys(HeaderLookup headers) {
        return RequestCredentials.of(headers, header);
    }

    /** The client of the first key that is known; empty if none is. */
    Optional<Client> find(List<String> keys) {
        for (String key : keys) {
            Client client = clients.get(KeyDigest.of(key));
            if (client != null) {
                return Optional.of(client);
            }
        }
        return Optional.empty();
    }
}
