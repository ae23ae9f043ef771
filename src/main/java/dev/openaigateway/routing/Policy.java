package dev.openaigateway.routing;

import java.util.List;

/** Orders candidates; the first is tried first. Thread-safe; may keep state between requests, such as whose turn it is. */
public interface Policy {

    /**
     * @param candidates those that can be called now and serve the model, in the order of the rule
     * @param model      the model the client asked for
     * @return the same candidates in the order to try them
     */
    List<Candidate> order(List<Candidate> candidates, String model);

    /** The order that the next request would find. Changes nothing: a policy that gives turns takes none. */
    default List<Candidate> foresee(List<Candidate> candidates, String model) {
        return order(candidates, model);
    }

    /** By what the candidate has its place among these, in a few words. */
    String why(Candidate candidate, List<Candidate> among, String model);

    /** The name under which rules refer to it, by default made from the class's: {@code roundRobin} of {@code RoundRobin}. */
    default String name() {
        String type = getClass().getSimpleName();
        return type.isEmpty() ? "policy" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
    }
}
