package dev.openaigateway.call;

import java.util.Map;

/** The way back to the client for an answer that is sent piece by piece. */
public interface ClientStream {

    /** Sends status 200 and the headers, unless a head went out already or is left to another; returns whether it did. */
    boolean begin(Map<String, String> headers);

    /** Leaves the head to another writer: nothing is begun here any more. Returns false, and does nothing, if a head went out. */
    boolean leaveHead();

    /**
     * Sends bytes, and waits while the client reads slower than they come.
     *
     * @throws ClientGoneException if the client has left
     */
    void write(byte[] bytes, int offset, int length);

    /** Sends a comment that clients skip, if nothing was sent for the given time and no answer has ended. Never waits. */
    void keepAlive(Map<String, String> headers, long silentNanos);

    /** Returns whether no attempt has told the client of this event yet; it is told now. */
    boolean announce(String event);

    /** Ends the answer as complete. */
    void end();

    /** Ends the answer so that the client sees that it is not complete: the connection is closed. */
    void breakOff();

    /** Whether a head went out, so that the status cannot be changed any more. */
    boolean begun();

    /** Whether the client has left. */
    boolean gone();

    /** Runs the action when the client leaves, at once if it has left; replaces the action set before. */
    void onGone(Runnable action);
}
