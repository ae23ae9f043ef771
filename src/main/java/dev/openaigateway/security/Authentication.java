package dev.openaigateway.security;

import dev.openaigateway.call.Client;
import java.time.Duration;

/** What became of a request at the door: this set of outcomes is closed. */
public sealed interface Authentication {

    /** The request comes in. */
    record Accepted(Client client) implements Authentication {
    }

    /** Keys are configured and the request has none. */
    record MissingKey() implements Authentication {
    }

    /** The request has keys, and none is a client's. */
    record BadKey() implements Authentication {
    }

    /**
     * Nothing from this address comes in, good keys included.
     *
     * @param remaining how long it stays so; positive
     */
    record Blocked(Duration remaining) implements Authentication {
    }
}
