package dev.openaigateway.affinity;

import java.util.ArrayList;
import java.util.List;

/** What a request refers to and has no known owner; the instance that responds has it. Used by the thread that serves the request. */
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
