package dev.openaigateway.explain;

import dev.openaigateway.call.ExchangeSlot;
import dev.openaigateway.guard.ForeignCode;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;

/** The step of a rule at which an exchange failed. */
public final class FailedStep {

    private record Failure(Exception exception, RuleStep.Place place) {
    }

    private static final ExchangeSlot<Failure> SLOT = new ExchangeSlot<>(Failure.class);

    private FailedStep() {
    }

    /** Notes the innermost step that an exception left. A rule may handle it, so an exhausted heap is reported here. */
    static void note(Exchange exchange, RuleStep.Place place) {
        ForeignCode.reportExhaustedHeap(exchange.getException());
        Exception exception = ofStep(exchange.getException());
        Failure known = SLOT.get(exchange);
        if (known == null || known.exception() != exception) {
            SLOT.set(exchange, new Failure(exception, place));
        }
    }

    /** The exception of the step itself: a split or a multicast wraps those of the steps in it. */
    public static Exception ofStep(Exception thrown) {
        Exception own = thrown;
        while (own != null && own.getClass() == CamelExchangeException.class && own.getCause() instanceof Exception cause) {
            own = cause;
        }
        return own;
    }

    /** The step that failed with the exception; null if it is not a step of a rule. */
    public static RuleStep.Place of(Exchange exchange, Exception thrown) {
        Failure failure = SLOT.get(exchange);
        return failure != null && failure.exception() == thrown ? failure.place() : null;
    }
}
