package dev.openaigateway.affinity;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.Client;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.call.Placement;
import dev.openaigateway.call.SessionBindings;
import dev.openaigateway.config.ClientSettings;
import dev.openaigateway.config.ClientSettings.UnknownObjects;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.ObjectKind;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.body.JsonBody;
import dev.openaigateway.openai.body.PassedRequest;
import dev.openaigateway.openai.body.RequestBody;
import dev.openaigateway.openai.body.StoredObjectRequest;
import dev.openaigateway.redis.SharedValues;
import dev.openaigateway.routing.Attempt;
import dev.openaigateway.routing.Instances;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Remembers the owner of each stored object: the instance that keeps it, and the client that created it. Stored objects are responses,
 * their items, files and encrypted texts. A request that refers to one goes to its instance. An object of an unknown owner, for example
 * after a restart, is looked up on the instances in turn. Thread-safe.
 */
public final class StoredObjects {

    /**
     * What is known of the stored objects that a request refers to.
     *
     * @param owner     of the stored object that the request is about, or of the response that it continues; null if unknown
     * @param placement where the request should go; null if nothing is known
     */
    public record Located(Owner owner, Placement placement) {

        static final Located UNKNOWN = new Located(null, null);
    }

    /**
     * The response to a request that was passed through, for the client.
     *
     * @param body        without what other clients have made
     * @param furtherPage the query of the page to read instead, since this one has nothing for the client; null if there is none
     */
    public record Passed(byte[] body, String furtherPage) {
    }

    private final Supplier<ClientSettings> clients;
    private final OwnerTable owners;
    private final AttemptOwners learnt;
    private final Resources resources;
    private final Homes homes;
    private final PassedObjects passed;
    private final Sessions sessions;

    /**
     * @param maxEntries maximum number of ids and encrypted texts that are remembered in memory
     * @param shared     gives the current values on Redis; null if there is no Redis
     * @param clients    the active settings
     */
    public StoredObjects(int maxEntries, InstantSource clock, Supplier<SharedValues> shared, Instances instances, Supplier<ClientSettings> clients) {
        this.clients = clients;
        this.owners = new OwnerTable(maxEntries, clock, shared);
        this.learnt = new AttemptOwners(owners, clients);
        this.resources = new Resources(instances);
        this.homes = new Homes(owners, resources);
        this.passed = new PassedObjects(owners, homes);
        this.sessions = new Sessions(owners);
    }

    /** Which instance serves which session. */
    public SessionBindings sessions() {
        return sessions;
    }

    /**
     * Remembers the owner of what a JSON response gives to refer to. Does nothing if the operation stores nothing.
     *
     * @param json the response, an event of a stream, or the beginning of one of them
     */
    public void record(Attempt attempt, byte[] json) {
        ModelRequest request = attempt.call().request();
        ObjectKind root = kindOfResponse(request).orElse(null);
        if (root != null || BodyReferences.speaks(request.operation(), request.body())) {
            learnt.responded(attempt, ResponseIds.in(json, root));
        } else if (BodyReferences.mayRefer(request.body())) {
            learnt.responded(attempt, List.of());
        }
    }

    /** The kind of object that the response describes and the upstream keeps; empty if it keeps nothing. */
    private static Optional<ObjectKind> kindOfResponse(ModelRequest request) {
        return storesCompletion(request) ? Optional.of(ObjectKind.COMPLETION) : request.operation().stores();
    }

    /** Whether {@link #record(Attempt, byte[])} has to be called with the first content of a chat. */
    public static boolean namesWithContent(ModelRequest request) {
        return storesCompletion(request) || BodyReferences.speaks(request.operation(), request.body()) || BodyReferences.mayRefer(request.body());
    }

    /** Whether the request asks the upstream to keep the chat completion. */
    private static boolean storesCompletion(ModelRequest request) {
        return request.operation() == Operation.CHAT_COMPLETIONS && request.body() instanceof JsonBody body && body.stores();
    }

    /** As {@link #record(Attempt, byte[])}, for the id of a response alone; does nothing if it is null. */
    public void record(Attempt attempt, String id) {
        if (id != null) {
            attempt.call().request().operation().stores().ifPresent(kind -> learnt.responded(attempt, List.of(new Reference(kind, id, true))));
        }
    }

    /**
     * Finds the instances that keep what a request refers to.
     *
     * @throws dev.openaigateway.openai.ApiException 400 or 404 if it refers to what another client made
     */
    public Located locate(Call call, Operation operation, RequestBody body) {
        if (body instanceof PassedRequest request) {
            return locate(call, operation, request);
        }
        if (body instanceof StoredObjectRequest stored) {
            return locate(call, operation, List.of(new Reference(stored.kind(), stored.id(), true)), true);
        }
        List<Reference> references = BodyReferences.of(operation, body);
        return references.isEmpty() ? Located.UNKNOWN : locate(call, operation, references, false);
    }

    private Located locate(Call call, Operation operation, PassedRequest request) {
        passed.check(call.clientName(), request);
        Located named = locate(call, operation, PassedObjects.inPath(request), true);
        List<Reference> references = BodyReferences.of(operation, request);
        Located referred = references.isEmpty() ? Located.UNKNOWN : locate(call, operation, references, false);
        if (named.placement() != null || !request.rest().isEmpty() && request.kind() != ObjectKind.OTHER) {
            return named.placement() == null ? referred : named;
        }
        Set<String> instances = referred.placement() == null ? homes.of(call.clientName(), request) : Set.of();
        return instances.isEmpty() ? referred : new Located(null, new Placement(instances, false));
    }

    /** Whether the response to a request that was passed through may list objects of other clients, so that it has to be filtered. */
    public boolean listsOthers(Call call, PassedRequest request) {
        return request.method().equals("GET") && !Client.isAnonymous(call.clientName()) && passed.isShared(request);
    }

    /** Remembers what the response to a request that was passed through creates. */
    public Passed passed(Attempt attempt, PassedRequest request, byte[] json) {
        Call call = attempt.call();
        learnt.rememberNamed(attempt);
        return call.isMirror() ? new Passed(json, null) : passed.responded(attempt, request, AttemptOwners.of(attempt), json);
    }

    /**
     * Remembers what a response that is passed through unread shows to be created.
     *
     * @param json    the data of an event, or the beginning of a body
     * @param isEvent whether it is of a stream
     */
    public void passing(Attempt attempt, PassedRequest request, byte[] json, boolean isEvent) {
        learnt.rememberNamed(attempt);
        if (!attempt.call().isMirror()) {
            passed.showing(request, AttemptOwners.of(attempt), json, isEvent);
        }
    }

    /** Remembers what a request that was passed through has created, if only the response's header {@code location} names it. */
    public void created(Attempt attempt, PassedRequest request, String id) {
        if (request.method().equals("POST") && !attempt.call().isMirror()) {
            passed.created(request, AttemptOwners.of(attempt), id);
        }
    }

    /** A reference that pins takes precedence, then the latest one. Of several to one object, one that fetches it counts: the upstream adds its content. */
    private Located locate(Call call, Operation operation, List<Reference> references, boolean byPath) {
        Map<Digest, Reference> digests = new LinkedHashMap<>();
        references.forEach(reference -> digests.merge(reference.digest(), reference, (first, next) -> first.isFetched() ? first : next));
        Map<Digest, Owner> found = owners.find(call.clientName(), Reference.keys(references));
        NamedReferences named = AttemptOwners.named(call);
        Owner pinning = null;
        Owner latest = null;
        for (Map.Entry<Digest, Reference> entry : digests.entrySet()) {
            Owner owner = found.get(entry.getKey());
            Reference reference = entry.getValue();
            named.add(entry.getKey());
            if (owner == null) {
                refuseUnknown(call, reference, byPath);
            }
            if (owner == null && reference.isLearntByUse()) {
                named.addUnknown(reference);
            }
            if (owner == null || !isUsable(call, owner, reference, byPath)) {
                continue;
            }
            latest = owner;
            pinning = pinning == null && (byPath || reference.pins()) ? owner : pinning;
            if (reference.isRenewedByUse()) {
                owners.put(owner, Map.of(entry.getKey(), reference.lifetime()));
            }
        }
        Owner owner = pinning == null ? latest : pinning;
        Set<String> instances = owner == null ? Set.of() : resources.having(owner, operation.path());
        return new Located(pinning, instances.isEmpty() ? null : new Placement(instances, pinning != null));
    }

    /** To any client but its creator the object does not exist. What the client has sent itself needs no permission. */
    private static boolean isUsable(Call call, Owner owner, Reference reference, boolean byPath) {
        if (owner.isVisibleTo(call.clientName())) {
            return true;
        }
        if (reference.isFetched()) {
            throw notFound(reference, byPath);
        }
        return false;
    }

    private void refuseUnknown(Call call, Reference reference, boolean byPath) {
        ClientSettings now = clients.get();
        if (now.unknownObjects() == UnknownObjects.NONE && reference.isFetched() && reference.isOfOneClient()
                && !Client.isAnonymous(call.clientName()) && !now.hasOnly(call.clientName())) {
            throw notFound(reference, byPath);
        }
    }

    private static ApiException notFound(Reference reference, boolean byPath) {
        return (reference.kind() == ObjectKind.RESPONSE && !byPath ? Errors.previousNotFound(reference.id())
                : Errors.objectNotFound(reference.kind(), reference.id())).exception();
    }
}
