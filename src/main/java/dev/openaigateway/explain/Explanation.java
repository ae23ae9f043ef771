package dev.openaigateway.explain;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.openaigateway.call.ExchangeSlot;
import org.apache.camel.Exchange;

import java.util.ArrayList;
import java.util.List;

/**
 * What the rules would do with a request. A dry run goes through the rules: package {@code explain} records each step, and
 * the engine records the instances that it would call instead of calling them. Thread-safe, because a rule may send copies
 * of the request on several threads.
 */
public final class Explanation {

    private static final ExchangeSlot<Explanation> SLOT = new ExchangeSlot<>(Explanation.class);

    /**
     * @param position in the order of calls, from 1; null if the instance is excluded
     * @param model    the model that the rule asks for in place of the request's own; null if it does not
     * @param reason   the reason for the position or for the exclusion
     */
    public record Row(String instance, @JsonInclude(JsonInclude.Include.NON_NULL) String model, Integer position, int priority, int weight,
                      @JsonProperty("why") String reason) {
    }

    /**
     * Instances that get a copy of the request, whose responses the client does not see.
     *
     * @param at     file and line of the step
     * @param policy null if the step names one instance
     */
    public record Mirror(String at, String policy, List<Row> candidates) {
    }

    /**
     * A call that a rule makes outside the gateway.
     *
     * @param uri    without its query, which may hold a secret
     * @param mirror whether only a copy of the request goes there, and its response is not used
     */
    public record OutsideCall(String at, String uri, boolean mirror) {
    }

    private final List<RuleStep> steps = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();
    private final List<Mirror> mirrors = new ArrayList<>();
    private final List<OutsideCall> calls = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private String policy;
    private String order;
    private boolean failsOver;
    private boolean isTried;

    /** Marks the exchange and its copies as a dry run: the engine fills the explanation and sends nothing. */
    public static void attach(Exchange exchange, Explanation explanation) {
        SLOT.set(exchange, explanation);
    }

    /** Null if the exchange is not a dry run. */
    public static Explanation find(Exchange exchange) {
        return SLOT.get(exchange);
    }

    /** Records that the dry run reached a step. */
    public synchronized RuleStep enter(RuleStep.Place place) {
        RuleStep step = new RuleStep(place);
        steps.add(step);
        return step;
    }

    /**
     * @param picks how the step picks the candidates recorded from now on; null if they are called in their order
     * @param fails whether those recorded later are called if those before them fail
     */
    public synchronized void orderedBy(String picks, boolean fails) {
        order = picks;
        failsOver = fails;
    }

    /** Records a call that a real request would make here. */
    public synchronized void wouldCall(String at, String uri, boolean mirror) {
        calls.add(new OutsideCall(at, uri, mirror));
    }

    /** Adds a sentence about the explanation as a whole. */
    public synchronized void note(String sentence) {
        if (!notes.contains(sentence)) {
            notes.add(sentence);
        }
    }

    /** The steps that the request takes, in order. */
    public synchronized List<RuleStep> steps() {
        return List.copyOf(steps);
    }

    /** The policy that orders the candidates; null if no policy has a part in it. */
    public synchronized String policy() {
        return policy;
    }

    /** The candidates for the client's response. */
    public synchronized List<Row> rows() {
        return List.copyOf(rows);
    }

    public synchronized List<Mirror> mirrors() {
        return List.copyOf(mirrors);
    }

    public synchronized List<OutsideCall> calls() {
        return List.copyOf(calls);
    }

    public synchronized List<String> notes() {
        return List.copyOf(notes);
    }

    /**
     * Records the candidates for the client's response. Those of a later step follow those of earlier ones if it is reached after their
     * failure; else it is skipped, because one of them has responded.
     *
     * @param policyName null if no policy has a part in their order
     * @param inTry      whether the step is inside a {@code doTry}, so that the rule may go on after its failure
     */
    public synchronized void selected(String policyName, List<Row> selected, boolean inTry) {
        int before = (int) rows.stream().filter(row -> row.position() != null).count();
        if (before > 0 && order == null && !failsOver && (inTry || !isTried)) {
            steps.get(steps.size() - 1).note("calls no instance if one has responded before");
            return;
        }
        policy = policyName == null ? policy : policyName;
        isTried = inTry;
        for (Row row : selected) {
            rows.add(row.position() == null || before == 0 && order == null ? row : later(row, before));
        }
    }

    private Row later(Row row, int before) {
        String how = order == null ? "called if the steps before it fail; there it " + row.reason() : order;
        return new Row(row.instance(), row.model(), row.position() + before, row.priority(), row.weight(), how);
    }

    /** Records candidates for a copy of the request. */
    public synchronized void mirrored(String policyName, List<Row> selected) {
        String at = steps.isEmpty() ? null : steps.get(steps.size() - 1).at();
        mirrors.add(new Mirror(at, policyName, List.copyOf(selected)));
    }
}
