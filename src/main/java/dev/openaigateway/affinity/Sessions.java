package dev.openaigateway.affinity;

import dev.openaigateway.call.SessionBindings;

import java.time.Duration;
import java.util.Map;

/** The instances of sessions, in the same table as the owners of stored objects. Thread-safe. */
final class Sessions implements SessionBindings {

    private static final String KIND = "SESSION";
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final OwnerTable owners;

    Sessions(OwnerTable owners) {
        this.owners = owners;
    }

    @Override
    public String instance(String... key) {
        Digest digest = digest(key);
        Owner owner = owners.find(Map.of(digest, LIFETIME)).get(digest);
        return owner == null ? null : owner.instance();
    }

    @Override
    public void bind(String instance, String... key) {
        owners.put(new Owner(instance, "", "", null, "", true), Map.of(digest(key), LIFETIME));
    }

    private static Digest digest(String... key) {
        String[] parts = new String[key.length + 1];
        parts[0] = KIND;
        System.arraycopy(key, 0, parts, 1, key.length);
        return Digest.of(parts);
    }
}
