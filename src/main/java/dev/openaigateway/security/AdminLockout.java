package dev.openaigateway.security;

import dev.openaigateway.security.AdminAccess.Decision;

import java.time.Duration;
import java.util.Optional;

/**
 * Locks out addresses that guess the admin token. A wrong token counts as a wrong key, and also in a separate count
 * that a client's valid key does not reset. Thread-safe.
 */
public final class AdminLockout {

    private final AddressLockout keys;
    private final AddressLockout tokens;

    /**
     * @param keys   counts the wrong keys of clients and the wrong tokens
     * @param tokens counts only the wrong tokens
     */
    public AdminLockout(AddressLockout keys, AddressLockout tokens) {
        this.keys = keys;
        this.tokens = tokens;
    }

    /** The remaining time for which tokens from the address are not checked; empty if it is not blocked. */
    public Optional<Duration> remaining(String address) {
        return tokens.remaining(address).or(() -> keys.remaining(address));
    }

    /** Counts the decision on a request. Called only while a token is configured. The admin token resets both counts, the monitor token none. */
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
