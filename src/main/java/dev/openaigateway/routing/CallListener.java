package dev.openaigateway.routing;

import dev.openaigateway.call.Call;

/**
 * Observes calls and their attempts. A bean of this type in the registry is notified of every call.
 *
 * <p>Methods are called on the thread that serves the call, {@link #completed} on the one that completes it. They must
 * return at once and must be thread-safe. An exception is logged and does not affect the call.
 */
public interface CallListener {

    /** A request has arrived; its body has not been read. */
    default void accepted(Call call) {
    }

    /** The request is about to be sent to an instance. Not called for mirrored requests. */
    default void attemptStarted(Attempt attempt) {
    }

    /** An attempt has ended; {@link Attempt#outcome()} has the result. Called for mirrored requests too. */
    default void attemptEnded(Attempt attempt) {
    }

    /** The response has ended, or the client has left. Called once for every accepted call. */
    default void completed(Call call) {
    }
}
