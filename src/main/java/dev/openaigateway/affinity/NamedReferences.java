package dev.openaigateway.affinity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a request names. An upstream that repeats one of these in its response has not made it for the client. Where the owner is unknown,
 * the instance that responds is taken for it. Used by the thread that serves the request.
 */
final class NamedReferences {

    private final Set<Digest> all = new HashSet<>();
    private List<Reference> unknown = new ArrayList<>(0);

    void add(Digest named) {
        all.add(named);
    }

    void addUnknown(Reference reference) {
        unknown.add(reference);
    }

    boolean contains(Reference reference) {
        return all.contains(reference.digest());
    }

    /** Returns those of unknown owners, once. */
    List<Reference> takeUnknown() {
        List<Reference> taken = unknown;
        unknown = List.of();
        return taken;
    }
}
