package dev.openaigateway.routing;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.Client;
import dev.openaigateway.openai.JsonMember;
import dev.openaigateway.openai.ObjectKind;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers which instance keeps which object, such as a stored response, and for which client, so that later requests
 * about it go there. Kept in memory of this process and bounded: the least recently used objects are forgotten first. An id
 * that is not known, for example after a restart, is looked up on the instances in turn until one returns other than 404.
 * Thread-safe.
 */
public final class StoredObjects {

    /**
     * @param instance its name
     * @param model    as the client named it
     * @param client   the name of the client that the object was made for
     */
    public record Owner(String instance, String model, String client) {

        /** Whether the object exists for the client. One that was made while no keys were set exists for all. */
        public boolean isVisibleTo(String clientName) {
            return client.equals(clientName) || client.equals(Client.ANONYMOUS.name());
        }
    }

    private record Key(ObjectKind kind, String id) {
    }

    private final Map<Key, Owner> owners;

    /** @param most objects that are remembered */
    public StoredObjects(int most) {
        this.owners = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Key, Owner> eldest) {
                return size() > most;
            }
        };
    }

    /**
     * Remembers the owner of the object that the response to an attempt describes. Does nothing if the operation stores none.
     *
     * @param id null if the response names none
     */
    public void found(Attempt attempt, String id) {
        Call call = attempt.call();
        call.request().operation().stores().filter(kind -> id != null).ifPresent(kind ->
                remember(new Key(kind, id), new Owner(attempt.instance().name(), call.request().model(), call.clientName())));
    }

    /**
     * The same for a response in JSON.
     *
     * @param response the response, or its beginning with the id
     */
    public void found(Attempt attempt, byte[] response) {
        if (attempt.call().request().operation().stores().isPresent()) {
            found(attempt, JsonMember.text(response, "id").orElse(null));
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
