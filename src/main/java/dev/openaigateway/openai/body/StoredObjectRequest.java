package dev.openaigateway.openai.body;

import dev.openaigateway.openai.ClientQuery;
import dev.openaigateway.openai.ObjectKind;
import dev.openaigateway.openai.Operation;

import java.util.Optional;

/**
 * A request for a stored object, such as a response that an instance created earlier. It has no body; the id is in the path.
 *
 * @param kind    what kind of object it is about
 * @param subPath {@code /ID} or {@code /ID/ACTION}
 * @param stream  whether the query asks for a stream
 */
public record StoredObjectRequest(ObjectKind kind, String method, String subPath, boolean stream) implements RequestBody {

    private static final byte[] NONE = new byte[0];

    /**
     * @param subPath the part of the client's path after the operation
     * @param query   the client's complete query, or null
     * @return empty if the operation has no such request
     */
    public static Optional<StoredObjectRequest> of(Operation operation, String method, String subPath, String query) {
        if (!operation.hasObjectRequest(method, subPath)) {
            return Optional.empty();
        }
        boolean stream = ClientQuery.value(query, "stream").filter(TextFlag::isTrue).isPresent();
        return operation.stores().map(kind -> new StoredObjectRequest(kind, method, subPath, stream));
    }

    public String id() {
        return subPath.substring(1).replaceFirst("/.*", "");
    }

    /** Whether it deletes or cancels the object. A status of success then says all, and another instance would not know the object any more. */
    public boolean changesObject() {
        return !method.equals("GET");
    }

    @Override
    public String model() {
        return null;
    }

    @Override
    public boolean usageRequested() {
        return false;
    }

    @Override
    public byte[] bytes() {
        return NONE;
    }

    @Override
    public boolean isBilledBefore() {
        return true;
    }

    @Override
    public String mediaType() {
        return null;
    }

    @Override
    public byte[] forUpstream(String upstreamModel, boolean requestUsage) {
        return NONE;
    }

    @Override
    public Optional<String> text(String member) {
        return Optional.empty();
    }
}
