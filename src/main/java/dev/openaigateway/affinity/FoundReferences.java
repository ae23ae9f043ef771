package dev.openaigateway.affinity;

import dev.openaigateway.openai.ApiException;
import dev.openaigateway.openai.Errors;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the body of a request refers to: each reference once, at its last place. Holds a bounded number, whatever the body repeats. Not thread-safe. */
final class FoundReferences {

    /** If more references are to content that the client itself sends, only the last ones are looked up. */
    private static final int MOST_SENT = 500;
    /** More references to what the upstream may add are refused, since each of them has to be looked up. Long conversations have thousands. */
    private static final int MOST_FETCHED = 10_000;

    private final Set<Reference> all = new LinkedHashSet<>();
    private final Set<Reference> sent = new LinkedHashSet<>();

    /** @throws ApiException 400 if there are more than the gateway looks up */
    void add(Reference reference) {
        all.remove(reference);
        all.add(reference);
        if (!reference.isFetched()) {
            sent.remove(reference);
            sent.add(reference);
            if (sent.size() > MOST_SENT) {
                Reference eldest = sent.iterator().next();
                all.remove(eldest);
                sent.remove(eldest);
            }
        }
        requireFew(all.size() - sent.size());
    }

    static void requireFew(int fetched) {
        if (fetched > MOST_FETCHED) {
            throw Errors.invalid(null, "too_many_references", "The request refers to more than %d stored objects.".formatted(MOST_FETCHED)).exception();
        }
    }

    List<Reference> list() {
        return List.copyOf(all);
    }
}
