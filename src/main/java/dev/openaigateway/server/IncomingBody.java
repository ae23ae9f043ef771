package dev.openaigateway.server;

import dev.openaigateway.call.MemoryLease;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerRequestInternal;

/**
 * The body of a request, collected before its route begins, with the memory that is leased for it. It is attached to the
 * HTTP request, because Camel passes on no raw form. Thread-safe.
 */
public final class IncomingBody {

    private final byte[] bytes;
    private final MemoryLease lease;
    private volatile boolean owned;

    public IncomingBody(byte[] bytes, MemoryLease lease) {
        this.bytes = bytes;
        this.lease = lease;
    }

    /** Null where the request has no body, and where the body was not read because its sender is refused. */
    public static IncomingBody of(HttpServerRequest request) {
        return context(request).getLocal(IncomingBody.class);
    }

    public void attachTo(HttpServerRequest request) {
        context(request).putLocal(IncomingBody.class, this);
    }

    public byte[] bytes() {
        return bytes;
    }

    /** The memory of the body, which the caller closes from now on. */
    public MemoryLease takeLease() {
        owned = true;
        return lease;
    }

    /** Gives the memory back unless a call has taken the lease. */
    public void release() {
        if (!owned) {
            lease.close();
        }
    }

    /** Vert.x gives each request a context of its own. */
    private static Context context(HttpServerRequest request) {
        return ((HttpServerRequestInternal) request).context();
    }
}
