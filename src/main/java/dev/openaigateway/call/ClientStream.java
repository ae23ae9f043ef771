package dev.openaigateway.call;

import java.util.Map;
import java.util.function.Supplier;

/** Sends a response to the client in pieces. Thread-safe. */
public interface ClientStream {

    /** As {@link #begin(int, Map)}, with status 200. */
    default boolean begin(Map<String, String> headers) {
        return begin(200, headers);
    }

    /** Sends the status and the headers, unless a head was sent or {@link #leaveHead} was called. Returns whether it did. */
    boolean begin(int status, Map<String, String> headers);

    /**
     * Reserves the head for another writer, so that {@link #begin} has no effect. Returns false, and does nothing, if a head
     * was sent.
     */
    boolean leaveHead();

    /**
     * Sends bytes. Blocks while the client reads too slowly.
     *
     * @throws ClientGoneException if the client has disconnected
     */
    void write(byte[] bytes, int offset, int length);

    /**
     * Sets whether the bytes that follow leave an event incomplete, or belong to no event at all. Until it is called with false,
     * {@link #keepAlive} does nothing.
     */
    void insideEvent(boolean inside);

    /**
     * Sends an SSE comment, which clients skip, if nothing was sent for the given time, no response has ended, and the bytes
     * sent so far end with an event. Never blocks.
     *
     * @param headers of a response that has not begun; called only before a comment. Null for a response that may not begin with one:
     *                only a stream of events that has begun gets comments.
     */
    void keepAlive(Supplier<Map<String, String>> headers, long silentNanos);

    /** Ends the response as complete. */
    void end();

    /** Whether a response was sent to its end, so that nothing can be added. */
    boolean isComplete();

    /** Closes the connection, so that the client sees that the response is incomplete. */
    void breakOff();

    /** Whether a head was sent, so that the status can no longer change. */
    boolean begun();

    /** Whether the client has disconnected. */
    boolean gone();

    /** Runs the action when the client disconnects, at once if it already has. Replaces the previous action. */
    void onGone(Runnable action);
}
