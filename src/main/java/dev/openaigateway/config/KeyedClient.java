package dev.openaigateway.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A client with its keys. Its limits are shared by all of them.
 *
 * @param name   the client's name in logs and statistics
 * @param keys   those of the settings first, then the issued ones; empty: no request can come from this client
 * @param tpm    tokens per minute; 0: no limit
 * @param rpm    requests per minute; 0: no limit
 * @param models the models that the client may use; empty: all
 */
public record KeyedClient(String name, List<ClientKey> keys, long tpm, long rpm, Set<String> models) {

    /** The name that stands for requests without a key; no client has it, since what those requests made belongs to all. */
    public static final String KEYLESS = "anonymous";

    public KeyedClient {
        keys = List.copyOf(keys);
        models = Set.copyOf(models);
    }

    /** The key with the id; empty if the client has none. */
    public Optional<ClientKey> key(String id) {
        return keys.stream().filter(key -> key.id().equals(id)).findFirst();
    }
}
