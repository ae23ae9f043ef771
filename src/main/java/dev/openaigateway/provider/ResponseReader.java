package dev.openaigateway.provider;

import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.response.JsonResponse;
import dev.openaigateway.openai.response.StreamEvent;
import dev.openaigateway.openai.UpstreamError;
import dev.openaigateway.openai.Usage;

import java.io.IOException;

/**
 * Reads the response of an upstream: whole bodies, events of a stream, errors and usage. Where the upstream has a format of
 * its own, the reader also translates it, because clients get OpenAI's format only. A stream consists of server-sent events
 * in every format.
 *
 * <p>Created for one response and used by one thread at a time. A reader must not change an array, nor keep it after the
 * method returns. No method returns null unless stated.
 */
public interface ResponseReader {

    /**
     * Whether responses differ from OpenAI's format. If so, the gateway passes nothing on unread: a JSON body of more than
     * 32 MB, or an event of more than 1 MB, is an error of the upstream. Otherwise longer ones pass, and only secrets in their
     * errors are masked; what announces a response is read up to 32 MB.
     */
    boolean translates();

    /**
     * Reads a complete JSON body that came with a status of success.
     *
     * @return its contents, with the body for the client: the same array if nothing was translated
     * @throws IOException if it is not a response in this provider's format; another instance is tried
     */
    JsonResponse whole(byte[] body) throws IOException;

    /**
     * Reads one event of a stream.
     *
     * @param bytes       hold the event, from its first line to the blank line that ends it
     * @param start       index of its first byte
     * @param end         index after its last byte
     * @param contentSeen whether an earlier event had content. Then the text of this one need not be read, unless it is counted
     * @param counter     gets the text of the response; null if the text is not counted
     * @return its contents; {@link StreamEvent#NO_DATA} for a comment. {@link StreamEvent#UNREADABLE} for one that cannot be read;
     *     it passes, but before the content of a chat, completion or response only once content follows
     */
    StreamEvent event(byte[] bytes, int start, int end, boolean contentSeen, CompletionCounter counter);

    /** Whether bytes at the end of a stream are a complete event of which only the closing blank line is missing. */
    boolean isComplete(byte[] bytes, int start, int end);

    /**
     * Reads the body of a response with a status of failure.
     *
     * @param body any bytes: JSON, text, markup or nothing; at most 64 KB of it. In longer JSON, long strings are shortened
     * @return the error with OpenAI's {@code code} and {@code type}, on which failover and backoff depend
     */
    UpstreamError error(byte[] body);

    /**
     * Receives the next part of a successful body that is too long to be held and passes unchanged. Not called if the
     * reader {@linkplain #translates() translates}.
     *
     * @param length number of bytes in use, from index 0
     */
    default void passing(byte[] bytes, int length) {
    }

    /** The usage found by {@link #passing}; null if there was none. */
    default Usage usage() {
        return null;
    }
}
