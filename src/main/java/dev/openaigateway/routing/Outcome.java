package dev.openaigateway.routing;

import dev.openaigateway.openai.ApiException;

import java.time.Duration;

/** How an attempt at one instance ended. */
public sealed interface Outcome {

    /** The answer went to the client, or lies on the exchange ready to go. */
    record Succeeded(int status) implements Outcome {
    }

    /**
     * Another instance may do better.
     *
     * @param status     the upstream's status; 0 where it gave none
     * @param detail     the upstream's own words, redacted and short; may be empty
     * @param retryAfter how long the instance asked to be left alone, or null
     * @param body       the upstream's error body, or null
     */
    record Failed(FailureReason reason, int status, String detail, Duration retryAfter, byte[] body) implements Outcome {

        public Failed(FailureReason reason, String detail) {
            this(reason, 0, detail, null, null);
        }
    }

    /** No other instance would answer differently; the client gets the upstream's error as it is. */
    record Rejected(int status, byte[] body) implements Outcome {
    }

    /** The gateway itself refuses the request, on the way to the instance; the client gets this error. */
    record Refused(ApiException error) implements Outcome {
    }

    /**
     * The instance's own token limit has no room; it was not called.
     *
     * @param tokens  what the request needed
     * @param busyFor null where waiting does not help
     */
    record NoRoom(long tokens, Duration busyFor) implements Outcome {

        /** The limiter cannot be asked, and nothing is to be let through then. */
        public static final NoRoom UNKNOWN = new NoRoom(0, null);
    }

    /** The stream broke after content had gone out; the client was told in the stream. */
    record BrokenOff(FailureReason reason) implements Outcome {
    }

    /** The client left. */
    record Abandoned() implements Outcome {
    }
}
