package dev.openaigateway.security;

import dev.openaigateway.call.Client;
import dev.openaigateway.security.Authentication.Accepted;
import dev.openaigateway.security.Authentication.BadKey;
import dev.openaigateway.security.Authentication.Blocked;
import dev.openaigateway.security.Authentication.MissingKey;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Authenticates clients by their key, and locks out addresses that guess. A request without a key is refused but does
 * not count as a guess. Thread-safe.
 */
public final class ClientAuthenticator {

    private static final Accepted EVERYONE = new Accepted(Client.ANONYMOUS);

    private final ClientDirectory clients;
    private final AddressLockout lockout;

    /** @param lockout outlives the directory: a reload must not free those who are blocked */
    public ClientAuthenticator(ClientDirectory clients, AddressLockout lockout) {
        this.clients = clients;
        this.lockout = lockout;
    }

    /** Whether {@link #authenticate} would accept the request at this moment. Counts nothing. */
    public boolean wouldAccept(HeaderLookup headers, String address) {
        return clients.isOpen() || lockout.remaining(address).isEmpty() && clients.find(clients.keys(headers)).isPresent();
    }

    /** @param address as {@link ClientAddress} tells it */
    public Authentication authenticate(HeaderLookup headers, String address) {
        if (clients.isOpen()) {
            return EVERYONE;
        }
        Optional<Duration> blocked = lockout.remaining(address);
        if (blocked.isPresent()) {
            return new Blocked(blocked.get());
        }
        List<String> keys = clients.keys(headers);
        if (keys.isEmpty()) {
            return new MissingKey();
        }
        Optional<Client> client = clients.find(keys);
        if (client.isPresent()) {
            lockout.goodKey(address);
            return new Accepted(client.get());
        }
        lockout.badKey(address);
        return new BadKey();
    }
}
