package dev.openaigateway.config;

import java.time.Instant;
import java.util.Optional;

/**
 * One key of a client. The key itself is not kept.
 *
 * @param issued  when the admin API made the key; empty for a key that the settings name
 * @param expires from this time on the key is refused; empty: never
 */
public record ClientKey(KeyDigest digest, Optional<Instant> issued, Optional<Instant> expires) {

    /** A key without an end that the settings name. */
    public static ClientKey of(String key) {
        return new ClientKey(KeyDigest.of(key), Optional.empty(), Optional.empty());
    }

    /** @see KeyDigest#id */
    public String id() {
        return digest.id();
    }

    /** The same key with an end; an earlier end stays. */
    public ClientKey until(Instant end) {
        return new ClientKey(digest, issued, Optional.of(expires.filter(end::isAfter).orElse(end)));
    }

    public boolean isExpired(Instant now) {
        return expires.isPresent() && !now.isBefore(expires.get());
    }

    /** For lists of changed settings: the id, and the end. */
    @Override
    public String toString() {
        return id() + expires.map(end -> " until " + end).orElse("");
    }
}
