package dev.openaigateway.routing;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.openaigateway.call.ExchangeSlot;
import org.apache.camel.Exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * What the rules would do with a request. A dry run goes through the rules, and the engine records the instances that it
 * would call instead of calling them. Not thread-safe.
 */
public final class Explanation {

    private static final ExchangeSlot<Explanation> SLOT = new ExchangeSlot<>(Explanation.class);

    /**
     * @param position in the order of calls, from 1; null if the instance is excluded
     * @param model    the model that the rule asks for in place of the request's own; null if it does not
     * @param reason   the reason for the position or for the exclusion
     */
    public record Row(String instance, @JsonInclude(JsonInclude.Include.NON_NULL) String model, Integer position, int priority, int weight, @JsonProperty("why") String reason) {
    }

    private final List<Row> rows = new ArrayList<>();
    private String policy;

    /** Marks the exchange as a dry run: the engine fills the explanation and sends nothing. */
    public static void attach(Exchange exchange, Explanation explanation) {
        SLOT.set(exchange, explanation);
    }

    /** Null if the exchange is not a dry run. */
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

    void called(Candidate candidate, Stage stage, int position, String reason) {
        rows.add(new Row(candidate.instance().name(), stage.model(), position, candidate.priority(), candidate.weight(), reason));
    }

    void excluded(Candidate candidate, Stage stage, String reason) {
        rows.add(new Row(candidate.instance().name(), stage.model(), null, candidate.priority(), candidate.weight(), reason));
    }
}
