package dev.openaigateway.routing.outcome;

import dev.openaigateway.call.RelayedHeaders;
import dev.openaigateway.fallback.FallbackTrigger;
import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.ErrorCode;

import java.time.Duration;

/** How an attempt at one instance ended. */
public sealed interface Outcome {

    /** Why the instance failed, before or after its response began; null if it did not. */
    default FailureReason failure() {
        return reason() == FailureReason.STOPPED ? null : reason();
    }

    /** As {@link #failure}, also if the gateway cut the attempt off because it stopped. */
    default FailureReason reason() {
        return null;
    }

    /** The upstream's HTTP status; 0 if there was none, or if the response broke. */
    default int status() {
        return 0;
    }

    /** Whether the client got at least the beginning of the response, or left while it waited for it. */
    default boolean isServed() {
        return this instanceof Succeeded || this instanceof BrokenOff || this instanceof Abandoned;
    }

    /** Whether the upstream bills the attempt whatever it has reported. */
    default boolean isBilled() {
        return isServed() || this instanceof Dropped;
    }

    /** The result as one word, in records and in the attempts of an error. */
    String kind();

    /** The result for operators. Continues a sentence whose subject is the instance. */
    String text();

    /** The result as clients see it in the attempts of an error. */
    default String shown() {
        return text();
    }

    /** The response went to the client, or is on the exchange ready to be sent. */
    record Succeeded(int status) implements Outcome {

        @Override
        public String kind() {
            return "ok";
        }

        @Override
        public String text() {
            return "responded";
        }
    }

    /**
     * The attempt failed; another instance may succeed.
     *
     * @param status     the upstream's status; 0 if there was none
     * @param detail     the upstream's message, redacted and shortened; may be empty
     * @param retryAfter the wait that the upstream requested, or null
     * @param body       the upstream's error body, or null
     * @param retryHint  the upstream's {@code x-should-retry}, or null
     * @param headers    of the upstream's response, if clients may learn what it says; else null
     */
    record Failed(FailureReason reason, int status, String detail, Duration retryAfter, byte[] body, String retryHint, RelayedHeaders headers)
            implements Outcome {

        public Failed(FailureReason reason, String detail) {
            this(reason, 0, detail, null, null, null, null);
        }

        /** Whether another try would end as this one. */
        public boolean isFinal() {
            return reason.isLasting() && !isOfAddress();
        }

        /**
         * Whether it is a 404 without an error of the API. The cause is not the model: the address is wrong, or a proxy has no
         * backend at the moment.
         */
        public boolean isOfAddress() {
            return reason == FailureReason.NOT_FOUND && status == 404 && body == null;
        }

        /** Of several failures the one of the highest rank, and of these the latest, says most to the client. */
        public int rank() {
            return isOfAddress() ? 0 : reason.isLasting() ? 1 : 2;
        }

        @Override
        public String kind() {
            return reason.kind();
        }

        @Override
        public String text() {
            return detail.isEmpty() ? reason.text() : reason.text() + ": " + detail;
        }

        /** Upstreams quote parts of the key that they refuse. */
        @Override
        public String shown() {
            return reason == FailureReason.BAD_KEY ? reason.text() : text();
        }
    }

    /**
     * Every instance would refuse the request for this model; the client gets the upstream's error unchanged.
     *
     * @param trigger   the kind of refusal after which a rule may ask another model; null for any other
     * @param retryHint the upstream's {@code x-should-retry}, or null
     */
    record Rejected(int status, byte[] body, FallbackTrigger trigger, String retryHint) implements Outcome {

        @Override
        public String kind() {
            return "refused";
        }

        @Override
        public String text() {
            return "refused the request";
        }
    }

    /** The upstream refused a parameter that the gateway had added. The instance is called once more without it. */
    record WithoutAddition(int status) implements Outcome {

        @Override
        public String kind() {
            return "refused_addition";
        }

        @Override
        public String text() {
            return "refused a parameter that the gateway had added";
        }
    }

    /**
     * The instance does not keep what the request refers to, or cannot decrypt it. Another instance may; this one is not at
     * fault. Nothing was billed.
     *
     * @param body the upstream's error, for the client if no other instance has it either
     */
    record Missing(int status, byte[] body) implements Outcome {

        @Override
        public String kind() {
            return "missing";
        }

        @Override
        public String text() {
            return "does not have what the request refers to";
        }
    }

    /** A step of the instance's route refused the request; the client gets this error. */
    record Refused(ApiException error) implements Outcome {

        @Override
        public String kind() {
            return "refused";
        }

        @Override
        public String text() {
            return "refused the request";
        }
    }

    /** The upstream responded, and bills it, but the gateway could not pass the response on; the client gets this error. Another instance would bill it again. */
    record Dropped(ApiException error) implements Outcome {

        @Override
        public String kind() {
            return "dropped";
        }

        @Override
        public String text() {
            return "responded, but its response could not be passed on";
        }
    }

    /**
     * A limit of the settings has no room, so the instance was not called.
     *
     * @param limit   the one that has to wait longest; null if the limiter is unavailable
     * @param amount  what the request needed of it
     * @param busyFor time until there is room; null if the request can never fit
     */
    record NoRoom(Limit limit, long amount, Duration busyFor) implements Outcome {

        /** The limits of an instance. */
        public enum Limit { TOKENS, REQUESTS, OF_MODEL }

        /** The limiter is unavailable, and the settings admit nothing without it. */
        public static final NoRoom UNKNOWN = new NoRoom(null, 0, null);

        @Override
        public String kind() {
            return "no_room";
        }

        @Override
        public String text() {
            return "has no room under its limit";
        }
    }

    /** The stream broke after content was sent; the error was reported in the stream. */
    record BrokenOff(FailureReason reason) implements Outcome {

        @Override
        public String kind() {
            return "broken_off";
        }

        @Override
        public String text() {
            return reason.text();
        }
    }

    /** The client left. */
    record Abandoned() implements Outcome {

        @Override
        public String kind() {
            return ErrorCode.CLIENT_GONE;
        }

        @Override
        public String text() {
            return "the client left";
        }
    }
}
