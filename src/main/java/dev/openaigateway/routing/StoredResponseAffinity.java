package dev.openaigateway.routing;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which instance made which stored response, so that later requests about it go there, and for whom. Kept in this process alone, and
 * bounded: the least lately asked are forgotten first. After a restart, or on another gateway of a group, an id is not
 * known; then the instances are asked in turn until one does not answer 404. Thread-safe.
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
