package dev.openaigateway.openai;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A request about a stored object, such as a response that an instance made earlier. It has no body; the id is in the
 * path.
 *
 * @param kind    of the object
 * @param subPath {@code /ID} or {@code /ID/ACTION}
 * @param query   as the client sent it, without {@code api-version}
 */
public record StoredObjectRequest(ObjectKind kind, String method, String subPath, String query) implements RequestBody {

    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9_.~%&=\\[\\],+-]{0,2048}");
    private static final byte[] NONE = new byte[0];

    /**
     * @param subPath what follows the operation in the client's path
     * @param query   the client's whole query, or null
     * @return empty where the operation has no such request
     */
    public static Optional<StoredObjectRequest> of(Operation operation, String method, String subPath, String query) {
        if (!operation.hasObjectRequest(method, subPath) || query != null && !QUERY.matcher(query).matches()) {
            return Optional.empty();
        }
        String rest = query == null ? "" : query.replaceAll("(^|&)api-version=[^&]*", "").replaceFirst("^&", "");
        return operation.stores().map(kind -> new StoredObjectRequest(kind, method, subPath, rest));
    }

    public String id() {
        return subPath.substring(1).replaceFirst("/.*", "");
    }

    @Override
    public String model() {
        return null;
    }

    @Override
    public boolean stream() {
        return ("&" + query + "&").contains("&stream=true&");
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
