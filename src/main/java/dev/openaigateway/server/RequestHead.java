package dev.openaigateway.server;

import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.HttpErrors;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

import java.util.List;
import java.util.stream.Stream;

/** Checks heads of requests for what the HTTP decoder accepts, but the gateway does not serve. */
final class RequestHead {

    private RequestHead() {
    }

    /**
     * The error for a request that is ambiguous or expects what cannot be given. Its connection can no longer be trusted.
     *
     * @param expected {@link #expectation}
     * @return null if there is no problem
     */
    static ApiError problem(HttpServerRequest request, String expected) {
        if (!knownEncoding(request)) {
            return HttpErrors.unknownTransferEncoding();
        }
        if (request.headers().getAll(HttpHeaders.HOST).size() > 1) {
            return HttpErrors.twoHosts();
        }
        return expected == null || BodyCollector.awaitsContinue(request) ? null : HttpErrors.unknownExpectation();
    }

    /** The {@code Expect} header; null if there is none, or if the client speaks HTTP/1.0, which has no interim responses. */
    static String expectation(HttpServerRequest request) {
        return request.version() == HttpVersion.HTTP_1_0 ? null : request.getHeader(HttpHeaders.EXPECT);
    }

    /** Any encoding but {@code chunked} invites request smuggling. */
    private static boolean knownEncoding(HttpServerRequest request) {
        List<String> encodings = request.headers().getAll(HttpHeaders.TRANSFER_ENCODING);
        return encodings.isEmpty() || encodings.size() == 1 && encodings.get(0).strip().equalsIgnoreCase("chunked");
    }

    /** Whether a client asks for a WebSocket. Only status 426 makes clients of {@code /v1/responses} go on over HTTP at once. */
    static boolean asksForWebSocket(HttpServerRequest request) {
        String upgrade = request.method() == HttpMethod.GET ? request.getHeader(HttpHeaders.UPGRADE) : null;
        return upgrade != null && Stream.of(upgrade.split(",")).anyMatch(protocol -> protocol.strip().equalsIgnoreCase("websocket"));
    }
}
