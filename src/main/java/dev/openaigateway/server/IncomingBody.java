package dev.openaigateway.server;

import dev.openaigateway.call.memory.MemoryLease;
import dev.openaigateway.coding.ContentCoding;
import dev.openaigateway.openai.ApiException;
import io.vertx.core.Context;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;

import java.util.List;

/**
 * The body of a request, collected before its route begins, and the memory leased for it. Attached to the HTTP request,
 * because Camel does not pass on a form as it was received. Thread-safe.
 */
public final class IncomingBody {

    private final byte[] bytes;
    private final MemoryLease lease;
    private final long largest;
    private volatile boolean owned;

    /**
     * @param lease   of the bytes; released by {@link #release} or by the caller of {@link #takeLease}
     * @param largest bytes that the body may have without its {@code Content-Encoding}
     */
    public IncomingBody(byte[] bytes, MemoryLease lease, long largest) {
        this.bytes = bytes;
        this.largest = largest;
        this.lease = lease;
    }

    /** Null if the request has no body, or if the body was not read because its sender is unknown. */
    public static IncomingBody of(HttpServerRequest request) {
        return context(request).getLocal(IncomingBody.class);
    }

    /** Makes {@link #of} return this body for the request. */
    public void attachTo(HttpServerRequest request) {
        context(request).putLocal(IncomingBody.class, this);
    }

    /**
     * The bytes without the request's {@code Content-Encoding}. Decodes them at each call if there is one, which takes time.
     *
     * @throws dev.openaigateway.openai.ApiException       400, 413, 415 or 503 if they cannot be decoded
     * @throws dev.openaigateway.call.ClientGoneException if the client leaves while they are decoded
     */
    public byte[] bytes(HttpServerRequest request) {
        if (request.getHeader(HttpHeaders.CONTENT_ENCODING) == null) {
            return bytes;
        }
        List<ContentCoding> codings = codings(request);
        return codings.isEmpty() ? bytes : DecodedBody.of(bytes, codings, lease, largest, request.response()::closed);
    }

    /** @throws ApiException 415 if one is unknown; the response then names those that are known */
    static List<ContentCoding> codings(HttpServerRequest request) {
        try {
            return RequestCodings.of(request.headers().getAll(HttpHeaders.CONTENT_ENCODING));
        } catch (ApiException unknown) {
            request.response().putHeader(HttpHeaders.ACCEPT_ENCODING, ContentCoding.NAMES);
            throw unknown;
        }
    }

    /** Passes the lease to the caller, who must close it. */
    public MemoryLease takeLease() {
        owned = true;
        return lease;
    }

    /** Releases the memory unless a call has taken the lease. */
    public void release() {
        if (!owned) {
            lease.close();
        }
    }

    /** Vert.x creates one context per request. */
    private static Context context(HttpServerRequest request) {
        return ((HttpServerRequestInternal) request).context();
    }
}
