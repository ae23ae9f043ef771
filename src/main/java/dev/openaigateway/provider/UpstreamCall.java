package dev.openaigateway.provider;

import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.openai.body.RequestBody;

import java.util.Map;

/**
 * One HTTP request to an upstream, without credentials. {@code Accept} and {@code x-request-id} are added when it is sent.
 *
 * @param method    GET, POST or DELETE
 * @param url       absolute, with its query; scheme, host and port are those of the instance or of one of its targets
 * @param headers   further headers, by name; usually empty
 * @param mediaType the {@code Content-Type} of the body; null if the request has no body
 * @param body      sent unchanged; must not be modified later; ignored if {@code mediaType} is null
 */
public record UpstreamCall(String method, String url, Map<String, String> headers, String mediaType, byte[] body) {

    /**
     * A call with the method, the query and the media type of the client's request.
     *
     * @param url  without the client's query; may have its own, whose parameters take precedence
     * @param body what {@link RequestBody#forUpstream} returned, or another body of the same media type
     */
    public static UpstreamCall of(ModelRequest request, String url, byte[] body) {
        RequestBody content = request.body();
        return new UpstreamCall(content.method(), UpstreamUrl.withQuery(url, request.query()), Map.of(), content.mediaType(), body);
    }
}
