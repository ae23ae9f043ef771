package dev.openaigateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Who may ask, and what happens to those who guess.
 *
 * @param header         the header that carries a client's key, beside Authorization and api-key
 * @param keys           empty: any key, and none, is accepted
 * @param maxBadKeys     wrong keys in a row after which an address is blocked; 0 never blocks
 * @param requestTime    how long a client may take to send the head of a request, and again its body
 * @param writeTime      how long a client may take no byte of an answer that waits for it
 * @param bodyMemory     bytes that request bodies take at the same time; 0 is what the heap allows
 * @param trustedProxies addresses or CIDR ranges whose X-Forwarded-For is believed
 */
public record ClientSettings(
        String header, List<ClientKey> keys, int maxBadKeys, Duration block, Duration requestTime,
        Duration writeTime, long bodyMemory, List<String> trustedProxies) {

    public ClientSettings {
        keys = List.copyOf(keys);
        trustedProxies = List.copyOf(trustedProxies);
    }

    /**
     * @param name   what logs and statistics call the client
     * @param tpm    tokens per minute; 0 is no limit
     * @param rpm    requests per minute; 0 is no limit
     * @param models the only models the client may use; empty allows all
     */
    public record ClientKey(String name, Secret key, long tpm, long rpm, Set<String> models) {

        public ClientKey {
            models = Set.copyOf(models);
        }
    }
}
