package dev.openaigateway.security;

import dev.openaigateway.security.Authentication.Accepted;
import dev.openaigateway.security.Authentication.Rejected;

import java.util.List;
import java.util.Optional;

/** Recognises clients by the keys in the settings. Thread-safe. */
final class KeyAuthenticator implements Authenticator {

    private final ClientDirectory clients;

    KeyAuthenticator(ClientDirectory clients) {
        this.clients = clients;
    }

    boolean hasKeys() {
        return !clients.isEmpty();
    }

    /** Empty while no keys are configured. */
    @Override
    public Optional<Authentication> authenticate(HeaderLookup headers, String address) {
        List<String> keys = clients.isEmpty() ? List.of() : clients.keys(headers);
        return keys.isEmpty() ? Optional.empty()
                : Optional.of(clients.find(keys).<Authentication>map(Accepted::new).orElse(Rejected.WRONG_KEY));
    }
}
