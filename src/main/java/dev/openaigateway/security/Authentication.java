package dev.openaigateway.security;

import dev.openaigateway.call.Client;
import java.time.Duration;

/** What became of a request at the door: this set of outcomes is closed. */
public sealed interface Authentication {

    /** The request comes in. */
    record Accepted(Client client) implements Authentication {

        /** The same, or {@link ForbiddenModel}, once the request's model is known. */
        public Authentication forModel(String model) {
            return client.mayUse(model) ? this : new ForbiddenModel(client, model);
        }
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

    /** A good key, but not for this model. */
    record ForbiddenModel(Client client, String model) implements Authentication {
    }
}
