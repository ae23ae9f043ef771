package dev.openaigateway.security;

import dev.openaigateway.call.Client;
import java.time.Duration;

/** Whether a request comes from a known client: this set of outcomes is closed. */
public sealed interface Authentication {

    /** The request is the client's. */
    record Accepted(Client client) implements Authentication {
    }

    /** Credentials are required and the request has none. */
    record MissingKey() implements Authentication {
    }

    /**
     * The request has credentials, and none is valid.
     *
     * @param reason for the client, without the credential, such as {@code The token has expired.}; null for a key that is not
     *               known
     */
    record Rejected(String reason) implements Authentication {

        static final Rejected WRONG_KEY = new Rejected(null);
    }

    /**
     * Every request from this address is refused, also with a valid credential.
     *
     * @param remaining how long; positive
     */
    record Blocked(Duration remaining) implements Authentication {
    }
}
