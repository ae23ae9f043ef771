package dev.openaigateway.routing;

import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.health.Availability;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Candidates, each of which was asked whether it is available. Immutable.
 *
 * @param serving   those that serve the request, in the order of the rule
 * @param available those of them that are available
 * @param missing   the others, with the reason
 */
record CandidateLook(List<Candidate> serving, List<Candidate> available, Map<Candidate, Availability> missing) {

    /** Asks each of the candidates. */
    static CandidateLook at(List<Candidate> serving, ModelRequest request) {
        Map<Candidate, Availability> missing = new LinkedHashMap<>(4);
        for (Candidate candidate : serving) {
            Availability availability = candidate.instance().availability(request);
            if (!availability.ready()) {
                missing.put(candidate, availability);
            }
        }
        return new CandidateLook(serving, missing.isEmpty() ? serving : without(serving, missing), missing);
    }

    /** The look of a later request, which asks only those that were missing; null if one of them is available again. */
    CandidateLook again(ModelRequest request) {
        if (missing.isEmpty()) {
            return this;
        }
        CandidateLook still = at(List.copyOf(missing.keySet()), request);
        return still.available().isEmpty() ? new CandidateLook(serving, available, still.missing()) : null;
    }

    private static List<Candidate> without(List<Candidate> serving, Map<Candidate, Availability> missing) {
        return serving.stream().filter(candidate -> !missing.containsKey(candidate)).collect(Collectors.toUnmodifiableList());
    }
}
