package dev.openaigateway.server;

import dev.openaigateway.call.RefusalListener;
import dev.openaigateway.openai.ApiError;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Refuses requests of clients before a route begins, or for want of one, and reports them, since no route does. Thread-safe. */
final class EarlyResponses {

    private final RefusalListener listener;

    EarlyResponses(RefusalListener listener) {
        this.listener = listener;
    }

    /** Has no effect if the response has begun. */
    void refuse(HttpServerRequest request, ApiError error) {
        if (!request.response().ended() && !request.response().headWritten()) {
            HttpGuard.respond(request.response(), error);
            listener.refused(request.response().headers().get(RequestIds.HEADER), request.path(), request.getHeader(HttpHeaders.USER_AGENT), error);
        }
    }
}
