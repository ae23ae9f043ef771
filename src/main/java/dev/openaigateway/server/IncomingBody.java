package dev.openaigateway.server;

import dev.openaigateway.call.MemoryLease;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;

/**
 * The body of a request, collected before its route begins, and the memory leased for it. Attached to the HTTP request,
 * because Camel does not pass on a form as it was received. Thread-safe.
 */
public final class IncomingBody {

    private final byte[] bytes;
    private final MemoryLease lease;
    private volatile boolean owned;

    /** @param lease of the bytes; released by {@link #release} or by the caller of {@link #takeLease} */
    public IncomingBody(byte[] bytes, MemoryLease lease) {
        this.bytes = bytes;
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

    public byte[] bytes() {
        return bytes;
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
