package dev.openaigateway.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The clients, their keys, and the limits that protect the gateway from them.
 *
 * @param header         header of a client's key, in addition to Authorization and api-key
 * @param keys           the clients with their keys; names and keys are unique. If empty, requests with any key or without a key are accepted
 * @param maxBadKeys     consecutive wrong keys after which an address is blocked; 0: never
 * @param block          time for which an address is blocked
 * @param requestTime    maximum time to receive the head of a request, and again for each megabyte of its body
 * @param idleTime       time without a request after which a connection is closed
 * @param writeTime      maximum time in which a client reads no byte of a pending response
 * @param bodyMemory     maximum number of bytes of all request bodies at the same time; 0: derived from the heap size
 * @param maxHeaderSize  maximum number of bytes of a request's header fields together; read at the start
 * @param allowedHosts   host names, beside those of this machine, that are served without a key on a loopback address; {@code *}: all
 * @param unknownObjects which clients may use a stored response, conversation, chat completion or thread whose maker is not known
 * @param trustedProxies addresses or CIDR ranges of proxies whose X-Forwarded-For is trusted
 */
public record ClientSettings(
        String header, List<KeyedClient> keys, int maxBadKeys, Duration block, Duration requestTime,
        Duration idleTime, Duration writeTime, long bodyMemory, int maxHeaderSize, List<String> allowedHosts, UnknownObjects unknownObjects,
        List<String> trustedProxies) {

    /** The client that uses it first, every client, or none but the only one that there is. */
    public enum UnknownObjects { FIRST, ANY, NONE }

    public ClientSettings {
        keys = List.copyOf(keys);
        allowedHosts = List.copyOf(allowedHosts);
        trustedProxies = List.copyOf(trustedProxies);
    }

    /** Whether there is no other client than the one of that name. */
    public boolean hasOnly(String name) {
        return keys.size() == 1 && keys.get(0).name().equals(name);
    }

    /** The client of that name; empty if there is none. */
    public Optional<KeyedClient> client(String name) {
        return keys.stream().filter(client -> client.name().equals(name)).findFirst();
    }
}
