package dev.openaigateway.security;

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
    private final AddressLockout block;

    /** @param block outlives the directory: a reload must not free those who are blocked */
    public ClientAuthenticator(ClientDirectory clients, AddressLockout block) {
        this.clients = clients;
        this.block = block;
    }

    /** @param address as {@link ClientAddress} tells it */
    public Authentication authenticate(HeaderLookup headers, String address) {
        if (clients.isOpen()) {
            return EVERYONE;
        }
        Optional<Duration> blocked = block.remaining(address);
        if (blocked.isPresent()) {
            return new Blocked(blocked.get());
        }
        List<String> keys = clients.keys(headers);
        if (keys.isEmpty()) {
            return new MissingKey();
        }
        Optional<Client> client = clients.find(keys);
        if (client.isPresent()) {
            block.goodKey(address);
            return new Accepted(client.get());
        }
        block.badKey(address);
        return new BadKey();
    }
}
