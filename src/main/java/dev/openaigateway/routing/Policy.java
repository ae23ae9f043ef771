package dev.openaigateway.routing;

import java.util.List;

/** Orders candidates; the first is tried first. Must be thread-safe; may keep state between requests, such as a rotation. */
public interface Policy {

    /**
     * @param candidates the instances that are available and serve the model, in the order of the rule; not empty
     * @param model      the model of the request
     * @return the same candidates in the order to try them
     */
    List<Candidate> order(List<Candidate> candidates, String model);

    /** The order for the next request, without any change of state: a rotation does not advance. */
    default List<Candidate> preview(List<Candidate> candidates, String model) {
        return order(candidates, model);
    }

    /** The reason for the candidate's position among these, in a few words. */
    String reason(Candidate candidate, List<Candidate> among, String model);

    /** The name that rules use; by default the class name in lower camel case, such as {@code roundRobin}. */
    default String name() {
        String type = getClass().getSimpleName();
        return type.isEmpty() ? "policy" : Character.toLowerCase(type.charAt(0)) + type.substring(1);
    }
}
