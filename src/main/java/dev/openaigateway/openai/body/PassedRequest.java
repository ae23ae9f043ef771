package dev.openaigateway.openai.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.json.JsonText;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.openai.ObjectKind;
import dev.openaigateway.openai.Operation;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A request to a path of the API that the gateway itself does not serve, such as {@code files}. It is passed to an instance as it
 * came; only its path and what it refers to are read.
 *
 * @param path      below {@code /v1/}, without slashes at its ends
 * @param mediaType normalized; null if there is no body
 * @param stream    whether its JSON asks for a stream
 */
public record PassedRequest(String method, String path, String mediaType, byte[] bytes, boolean stream) implements RequestBody {

    /** The methods of requests that can be passed. */
    public static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE");

    private static final JsonFactory JSON = new JsonFactory();
    private static final String FORM = "multipart/form-data";
    private static final Pattern WITHOUT_FIELDS = Pattern.compile("(?i)(?:text/plain|application/(?:octet-stream|sdp)|(?:audio|image|video)/[^;]+)(?:;|$)");
    private static final String SEGMENT = ClientPaths.SEGMENT;
    /** The name of a model may have slashes. However an upstream reads them, such a path stays one of models, which have no owners. */
    private static final String MODEL = "models/" + SEGMENT + "(%2[Ff]" + SEGMENT + "){1,3}";
    private static final Pattern PATH = Pattern.compile(SEGMENT + "(/" + SEGMENT + "){0,9}|" + MODEL);
    /** The roots of APIs. One inside of a path could lead an upstream that has several of them to an object under another path. */
    private static final Pattern ROOT = Pattern.compile("(?i)(?:^|/)(?:v\\d+[a-z0-9.]*|openai|deepseek|deployments|passthrough)(?:/|$)");

    /** Whether such a request may be passed at all. Other paths could mean something else to an upstream. */
    public static boolean isPossible(String method, String path) {
        return METHODS.contains(method) && PATH.matcher(path).matches() && !ROOT.matcher(path).find();
    }

    /** Empty if such a request may not be passed. */
    public static Optional<PassedRequest> of(String method, String path, String mediaType, byte[] bytes) {
        if (!isPossible(method, path)) {
            return Optional.empty();
        }
        PassedRequest request = new PassedRequest(method, path, bytes.length == 0 ? null : mediaType, bytes, false);
        return Optional.of(request.mayBeJson() && asksForStream(bytes) ? new PassedRequest(method, path, mediaType, bytes, true) : request);
    }

    /** By {@code stream: true}. A body that cannot be read asks for none. */
    private static boolean asksForStream(byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            boolean asks = false;
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean isStream = parser.currentName().equals("stream");
                asks |= parser.nextToken() == JsonToken.VALUE_TRUE && isStream;
                parser.skipChildren();
            }
            return asks;
        } catch (IOException e) {
            return false;
        }
    }

    /** The kind of objects that the path is about. */
    public ObjectKind kind() {
        return ObjectKind.ofPath(path).orElse(ObjectKind.OTHER);
    }

    /** The part of the path after the collection, such as {@code ID/content}; empty if the path names the collection alone. */
    public String rest() {
        String collection = kind().path();
        int end = collection == null ? path.indexOf('/') : collection.length();
        return end < 0 || end >= path.length() ? "" : path.substring(end + 1);
    }

    /** Whether the request reads the content of a file. The gateway does not read it, and the client may ask for a part of it. */
    public boolean isContent() {
        return path.endsWith("/content");
    }

    /** Whether an upstream may read the body as JSON, which some do regardless of its media type. */
    public boolean mayBeJson() {
        return bytes.length > 0 && (mediaType != null && mediaType.toLowerCase(Locale.ROOT).contains("json") || JsonText.mayBegin(bytes, bytes.length));
    }

    public boolean isForm() {
        return is(FORM);
    }

    public boolean isUrlEncoded() {
        return is("application/x-www-form-urlencoded");
    }

    /** Whether the gateway can find the fields of the body: it knows the type, or the type has none. */
    public boolean isSearchable() {
        return mediaType == null || isForm() || isUrlEncoded() || mayBeJson() || WITHOUT_FIELDS.matcher(mediaType).lookingAt();
    }

    private boolean is(String type) {
        return mediaType != null && mediaType.regionMatches(true, 0, type, 0, type.length());
    }

    @Override
    public String upstreamPath(Operation operation) {
        return path;
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
    public boolean isBilledBefore() {
        return true;
    }

    @Override
    public byte[] forUpstream(String upstreamModel, boolean requestUsage) {
        return bytes;
    }

    @Override
    public Optional<String> text(String member) {
        return Optional.empty();
    }
}
