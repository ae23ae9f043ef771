package dev.openaigateway.routing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which instance made which stored response, and for which client, so that later requests about it go
 * there. Kept in memory of this process and bounded: the least recently used ids are forgotten first. An id that is
 * not known, for example after a restart, is looked up on the instances in turn until one returns other than 404.
 * Thread-safe.
 */
public final class StoredResponseAffinity {

    /**
     * @param instance its name
     * @param model    as the client named it
     * @param client   the name of the client that asked for it
     */
    public record Owner(String instance, String model, String client) {
    }

    private final Map<String, Owner> affinity;

    /** @param most ids that are remembered */
    public StoredResponseAffinity(int most) {
        this.affinity = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Owner> eldest) {
                return size() > most;
            }
        };
    }

    public synchronized void remember(String responseId, Owner owner) {
        affinity.put(responseId, owner);
    }

    public synchronized Optional<Owner> of(String responseId) {
        return Optional.ofNullable(affinity.get(responseId));
    }
}
