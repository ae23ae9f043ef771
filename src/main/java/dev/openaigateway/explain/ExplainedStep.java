package dev.openaigateway.explain;

import dev.openaigateway.call.rule.AnsweringStep;
import dev.openaigateway.call.rule.HeadersBeforeResponse;
import dev.openaigateway.call.rule.InstanceResponse;
import dev.openaigateway.openai.ApiException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.WrapAwareProcessor;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/** A step of a rule. In a dry run it records itself, and does what its {@link StepAction} says. Thread-safe. */
final class ExplainedStep extends DelegateAsyncProcessor implements WrapAwareProcessor {

    /** What is inside a step. */
    enum Kind {
        /** No steps, so that all changes are its own. */
        LEAF,
        /** No steps: it sends to instances, and what it changes is their response. */
        INSTANCE,
        /** Steps that run on a condition. */
        CONDITION,
        /** Steps. */
        BLOCK
    }

    private final Processor step;
    private final RuleStep.Place place;
    private final StepAction action;
    private final Kind kind;
    private final AnsweringStep answering;
    private final boolean alwaysChanges;
    private final boolean endsLater;
    private final DryRuns dryRuns;

    /**
     * @param alwaysChanges whether the step sets the status or the model
     * @param endsLater     whether the step may end, and fail, on another thread after its method has returned
     */
    ExplainedStep(Processor step, RuleStep.Place place, StepAction action, Kind kind, boolean alwaysChanges, boolean endsLater,
                  DryRuns dryRuns) {
        super(step);
        this.step = step;
        this.place = place;
        this.action = action;
        this.kind = kind;
        this.answering = new AnsweringStep(place.name(), place.text());
        this.alwaysChanges = alwaysChanges;
        this.endsLater = endsLater;
        this.dryRuns = dryRuns;
    }

    @Override
    public Processor getWrapped() {
        return step;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        Explanation explanation = dryRuns.of(exchange);
        if (explanation == null) {
            HeadersBeforeResponse.restoreMissing(exchange);
            InstanceResponse.show(exchange);
        }
        Object before = kind == Kind.LEAF ? exchange.getMessage().getBody() : null;
        if (endsLater && explanation == null) {
            return processor.process(exchange, doneSync -> {
                noteFailure(exchange);
                noteChange(exchange, before);
                callback.done(doneSync);
            });
        }
        boolean doneSync = explanation == null ? processor.process(exchange, callback) : explain(exchange, explanation, callback);
        noteFailure(exchange);
        noteChange(exchange, before);
        return doneSync;
    }

    private void noteFailure(Exchange exchange) {
        if (exchange.getException() != null) {
            FailedStep.note(exchange, place);
        }
    }

    private void noteChange(Exchange exchange, Object before) {
        if (kind == Kind.LEAF && (alwaysChanges || exchange.getMessage().getBody() != before)) {
            answering.attach(exchange);
        }
    }

    private boolean explain(Exchange exchange, Explanation explanation, AsyncCallback callback) {
        RuleStep row = explanation.enter(place);
        int entered = explanation.steps().size();
        RequestState before = RequestState.of(exchange);
        AsyncCallback record = doneSync -> {
            if (explanation.steps().size() == entered) {
                ended(row, before, exchange);
            }
            callback.done(doneSync);
        };
        try {
            if (action.replaces(new DryStep(exchange, explanation, row))) {
                record.done(true);
                return true;
            }
        } catch (Exception e) {
            exchange.setException(e);
            record.done(true);
            return true;
        }
        return processor.process(exchange, record);
    }

    /** Records the result of a step that entered no other. */
    private void ended(RuleStep row, RequestState before, Exchange exchange) {
        if (exchange.getException() != null) {
            row.note((exchange.getException() instanceof ApiException answer ? "answers with status " + answer.error().status() + ": " : "fails: ")
                    + exchange.getException().getMessage());
        } else if (kind == Kind.LEAF || kind == Kind.INSTANCE) {
            row.changed(before.changes(exchange));
        } else if (kind == Kind.CONDITION) {
            row.note("no step in it applies");
        }
    }
}
