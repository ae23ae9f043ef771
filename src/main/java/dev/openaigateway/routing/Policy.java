package dev.openaigateway.routing;

import org.apache.camel.Exchange;

import java.util.List;

/**
 * Orders candidates; the first is tried first. Only {@link #order} has to be implemented. Must be thread-safe; may keep state
 * between requests, such as a rotation.
 */
@FunctionalInterface
public interface Policy {

    /**
     * @param candidates the instances that are available and serve the model, in the order of the rule; not empty
     * @param model      the model of the request
     * @return the same candidates in the order to try them; those left out are not tried
     */
    List<Candidate> order(List<Candidate> candidates, String model);

    /**
     * The policy for one request. A policy that looks at headers or exchange properties overrides this method and returns
     * a policy that knows what it needs of them. It does not keep or change the exchange.
     */
    default Policy forRequest(Exchange exchange) {
        return this;
    }

    /** The order for the next request, without any change of state: a rotation does not advance. */
    default List<Candidate> preview(List<Candidate> candidates, String model) {
        return order(candidates, model);
    }

    /** The reason for the candidate's position among these, in a few words. */
    default String reason(Candidate candidate, List<Candidate> among, String model) {
        return "in the policy's order";
    }

    /**
     * The first content of a response has arrived; {@link Attempt#duration} is the time that it took. Called once for each
     * request that an instance serves, on the request's thread; not for mirrored requests. Must return at once.
     *
     * @param offered the candidates of the rule, among them those that were not available
     */
    default void responded(Attempt attempt, List<Candidate> offered) {
    }

    /** The name that rules use; by default the class name in lower camel case, such as {@code roundRobin}. */
    default String name() {
        Class<?> type = getClass();
        return type.isAnonymousClass() || type.isSynthetic() || type.isHidden() || type.getSimpleName().isEmpty() ? "policy"
                : Character.toLowerCase(type.getSimpleName().charAt(0)) + type.getSimpleName().substring(1);
    }
}
