package dev.openaigateway.affinity;

import java.util.ArrayList;
import java.util.List;

/** The references of a request whose owner is unknown. The instance that responds becomes the owner. Used by the thread that serves the request. */
final class UnknownReferences {

    private List<Reference> references = new ArrayList<>(0);

    void add(Reference reference) {
        references.add(reference);
    }

    /** Returns them once. */
    List<Reference> take() {
        List<Reference> taken = references;
        references = List.of();
        return taken;
    }
}
