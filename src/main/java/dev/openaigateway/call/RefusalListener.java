package dev.openaigateway.call;

import dev.openaigateway.openai.ApiError;

/** Learns of requests of clients that are refused before a route begins, or for want of one. Called on event loops: must not block. Thread-safe. */
@FunctionalInterface
public interface RefusalListener {

    /**
     * @param path      of the request
     * @param userAgent the client's program; null if its header is missing
     * @param error     what the client gets
     */
    void refused(String requestId, String path, String userAgent, ApiError error);
}
