package dev.openaigateway.routing;

import dev.openaigateway.call.ExchangeSlot;
import org.apache.camel.Exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * What the rules would do with a request, found by sending one through them that is not meant for any upstream: the
 * engine writes down whom it would ask instead of asking.
 */
public final class Explanation {

    private static final ExchangeSlot<Explanation> SLOT = new ExchangeSlot<>(Explanation.class);

    /**
     * @param position from 1 in the order of asking; null for one that is out
     * @param why      why it stands there, or why it is out
     */
    public record Row(String instance, Integer position, int priority, int weight, String why) {
    }

    private final List<Row> rows = new ArrayList<>();
    private String policy;

    /** Has the engine explain what it would do with the exchange, and send nothing. */
    public static void attach(Exchange exchange, Explanation explanation) {
        SLOT.set(exchange, explanation);
    }

    /** Null for an exchange that is to be sent. */
    static Explanation find(Exchange exchange) {
        return SLOT.get(exchange);
    }

    /** The policy of the rule that applies; null if no rule reached one. */
    public String policy() {
        return policy;
    }

    public List<Row> rows() {
        return rows;
    }

    void decidedBy(Policy used) {
        policy = used.name();
    }

    void called(Candidate candidate, int position, String why) {
        rows.add(new Row(candidate.instance().name(), position, candidate.priority(), candidate.weight(), why));
    }

    void out(Candidate candidate, String why) {
        rows.add(new Row(candidate.instance().name(), null, candidate.priority(), candidate.weight(), why));
    }
}
