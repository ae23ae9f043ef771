package dev.openaigateway.call;

import java.util.function.BiConsumer;

/** Follows one attempt: adds headers to its request, and sees the response. Used by the thread that serves the call. */
public interface UpstreamObserver {

    /**
     * The request is about to be sent. Not called for an attempt that ends earlier.
     *
     * @param method of HTTP
     * @param url    absolute
     * @param header sets a header of the request, by name and value, unless the instance's settings exclude it
     */
    void sending(String method, String url, BiConsumer<String, String> header);

    /** @param body a whole response, as JSON in OpenAI's format */
    void responded(byte[] body);

    /**
     * An event of a stream. Most events that have nothing but text are left out.
     *
     * @param data JSON in OpenAI's format
     */
    void streamed(byte[] data);
}
