package dev.openaigateway.affinity;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.Client;
import dev.openaigateway.openai.JsonMember;
import dev.openaigateway.openai.ObjectKind;
import dev.openaigateway.routing.Attempt;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which instance stores which object, such as a stored response, and for which client, so that later requests
 * for it go there. Kept in this process's memory and bounded: the least recently used entries are evicted first. An id
 * that is not known, for example after a restart, is looked up on the instances in turn until one returns other than 404.
 * Thread-safe.
 */
public final class StoredObjects {

    /**
     * @param instance its name
     * @param model    that the client's request asked for
     * @param alias    the public name that the client used for it, or null
     * @param client   the name of the client that created the object
     */
    public record Owner(String instance, String model, String alias, String client) {

        /** Whether the client may use the object. Every client may if it was created without client keys. */
        public boolean isVisibleTo(String clientName) {
            return client.equals(clientName) || client.equals(Client.ANONYMOUS.name());
        }
    }

    private record Key(ObjectKind kind, String id) {
    }

    private final Map<Key, Owner> owners;

    /** @param maxObjects maximum number of objects that are remembered */
    public StoredObjects(int maxObjects) {
        this.owners = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Owner> eldest) {
                return size() > maxObjects;
            }
        };
    }

    /**
     * Remembers the owner of the object that the response to an attempt describes. Does nothing if the operation stores none.
     *
     * @param id null if the response names none
     */
    public void record(Attempt attempt, String id) {
        Call call = attempt.call();
        call.request().operation().stores().filter(kind -> id != null).ifPresent(kind ->
                remember(new Key(kind, id), new Owner(attempt.instance().name(), call.received().model(),
                        call.received().alias(), call.clientName())));
    }

    /**
     * As {@link #record(Attempt, String)}, for a JSON response.
     *
     * @param response the response, or its beginning with the id
     */
    public void record(Attempt attempt, byte[] response) {
        if (attempt.call().request().operation().stores().isPresent()) {
            record(attempt, JsonMember.text(response, "id").orElse(null));
        }
    }

    /** Empty if the object is unknown. */
    public synchronized Optional<Owner> owner(ObjectKind kind, String id) {
        return Optional.ofNullable(owners.get(new Key(kind, id)));
    }

    private synchronized void remember(Key key, Owner owner) {
        owners.put(key, owner);
    }
}
