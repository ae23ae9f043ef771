package dev.openaigateway.security;

import dev.openaigateway.security.Authentication.Accepted;
import dev.openaigateway.security.Authentication.Rejected;
import dev.openaigateway.security.ClientDirectory.Known;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Recognises clients by the keys in the settings. Thread-safe. */
final class KeyAuthenticator implements Authenticator {

    private final ClientDirectory clients;
    private final InstantSource clock;

    /** @param clock decides whether a key has expired */
    KeyAuthenticator(ClientDirectory clients, InstantSource clock) {
        this.clients = clients;
        this.clock = clock;
    }

    boolean hasKeys() {
        return !clients.isEmpty();
    }

    /** The first key that is known and has not expired decides. Empty while no keys are configured. */
    @Override
    public Optional<Authentication> authenticate(HeaderLookup headers, String address) {
        List<String> keys = clients.isEmpty() ? List.of() : clients.keys(headers);
        Rejected rejected = Rejected.WRONG_KEY;
        for (String key : keys) {
            Known known = clients.find(key);
            if (known != null && (known.key().expires().isEmpty() || !known.key().isExpired(clock.instant()))) {
                return Optional.of(new Accepted(known.client()));
            }
            rejected = known == null ? rejected : Rejected.EXPIRED_KEY;
        }
        return keys.isEmpty() ? Optional.empty() : Optional.of(rejected);
    }
}
