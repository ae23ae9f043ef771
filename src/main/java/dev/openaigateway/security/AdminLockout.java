package dev.openaigateway.security;

import dev.openaigateway.security.AdminAccess.Decision;

import java.time.Duration;
import java.util.Optional;

/**
 * Locks out addresses that guess the admin token. A wrong token counts as a wrong key, and also in a count of its
 * own, which a client's good key does not reset. Thread-safe.
 */
public final class AdminLockout {

    private final AddressLockout keys;
    private final AddressLockout tokens;

    /**
     * @param keys   counts wrong keys of clients
     * @param tokens counts wrong tokens alone
     */
    public AdminLockout(AddressLockout keys, AddressLockout tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    /** How long no token from the address is looked at; empty when it is not blocked. */
    public Optional<Duration> remaining(String address) {
        return tokens.remaining(address).or(() -> keys.remaining(address));
    }

    /** Takes note of what became of a request while there is a token to be shown; the right one ends both rows. */
    public void decided(Decision decision, String address) {
        if (decision == Decision.WRONG_TOKEN) {
            keys.badKey(address);
            tokens.badKey(address);
        } else if (decision == Decision.GRANTED) {
            keys.goodKey(address);
            tokens.goodKey(address);
        }
    }
}
