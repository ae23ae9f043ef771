package dev.openaigateway.affinity;

import dev.openaigateway.openai.ObjectKind;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.body.PassedRequest;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The resource at which a client creates what refers to nothing, so that its objects can refer to each other: the one where it created
 * its first file or other stored object. A create that went elsewhere, since that resource was away, does not change it. Thread-safe.
 */
final class Homes {

    private static final Duration YEAR = Duration.ofDays(365);
    private static final String CREATIONS = "creations of";
    private static final String OTHERS = "other creations of";

    private final OwnerTable owners;
    private final Resources resources;

    Homes(OwnerTable owners, Resources resources) {
        this.owners = owners;
        this.resources = resources;
    }

    /** The instances that have the client's objects and are passed the request; empty if there are none. */
    Set<String> of(String client, PassedRequest request) {
        for (Digest key : List.of(ofStored(client), ofPath(client, request), ofOthers(client))) {
            Owner home = find(key);
            Set<String> instances = home == null ? Set.of() : resources.passing(home, request);
            if (!instances.isEmpty()) {
                return instances;
            }
        }
        return Set.of();
    }

    /**
     * Remembers where the client created something, if that is its first. Scores and other results can look like objects, so what is
     * of no known kind determines only where the client goes before it has stored something. If the home does not take the
     * path, the path has a home of its own.
     */
    void created(Owner creator, PassedRequest request) {
        Owner owner = creator.having(true);
        Digest key = request.kind() == ObjectKind.OTHER ? ofOthers(owner.client()) : ofStored(owner.client());
        Owner home = find(key);
        if (home == null || resources.having(home, Operation.PASSTHROUGH.path()).isEmpty()) {
            owners.put(owner, Map.of(key, YEAR));
        } else {
            owners.put(home, Map.of(key, YEAR));
            if (of(owner.client(), request).isEmpty()) {
                owners.put(owner, Map.of(ofPath(owner.client(), request), YEAR));
            }
        }
    }

    private Owner find(Digest key) {
        return owners.find(Map.of(key, YEAR)).get(key);
    }

    private static Digest ofStored(String client) {
        return Digest.of(CREATIONS, client);
    }

    private static Digest ofOthers(String client) {
        return Digest.of(OTHERS, client);
    }

    private static Digest ofPath(String client, PassedRequest request) {
        return Digest.of(CREATIONS, client, request.path().replaceFirst("/.*", "").toLowerCase(Locale.ROOT));
    }
}
