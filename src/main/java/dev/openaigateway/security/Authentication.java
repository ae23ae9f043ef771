package dev.openaigateway.security;

import dev.openaigateway.call.Client;
import dev.openaigateway.openai.ApiError;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.HttpErrors;

import java.time.Duration;

/** The result of authenticating a request; a closed set. */
public sealed interface Authentication {

    /** The error for the client; null if the request is accepted. */
    ApiError refusal();

    /** The request comes from this client. */
    record Accepted(Client client) implements Authentication {

        @Override
        public ApiError refusal() {
            return null;
        }
    }

    /** Credentials are required and the request has none. */
    record MissingKey() implements Authentication {

        @Override
        public ApiError refusal() {
            return Errors.missingKey();
        }
    }

    /**
     * The request has credentials, and none is valid.
     *
     * @param reason for the client, without the credential, such as {@code The token has expired.}; null for a key that is not
     *               known
     * @param guess  whether the credential may be guessed, and counts towards the block of its address
     */
    record Rejected(String reason, boolean guess) implements Authentication {

        static final Rejected WRONG_KEY = new Rejected(null);
        static final Rejected EXPIRED_KEY = new Rejected("Your API key has expired.", false);

        /** A rejection that counts as a guess. */
        public Rejected(String reason) {
            this(reason, true);
        }

        @Override
        public ApiError refusal() {
            return reason == null ? Errors.badKey() : Errors.badCredential(reason);
        }
    }

    /**
     * Every request from this address is refused, also with a valid credential.
     *
     * @param remaining how long; positive
     */
    record Blocked(Duration remaining) implements Authentication {

        @Override
        public ApiError refusal() {
            return Errors.addressBlocked(remaining);
        }
    }

    /** No key is needed, but the request names a host that is not served without one. */
    record ForeignHost() implements Authentication {

        @Override
        public ApiError refusal() {
            return HttpErrors.foreignHost();
        }
    }

    /** No key is needed, but the request is that of a web page which may not send any. */
    record ForeignOrigin() implements Authentication {

        @Override
        public ApiError refusal() {
            return HttpErrors.foreignOrigin(false);
        }
    }
}
