package dev.openaigateway.explain;

import dev.openaigateway.call.Call;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.ExchangeHelper;

/** A step in a dry run. */
record DryStep(Exchange exchange, Explanation explanation, RuleStep row) {

    /**
     * Sends the exchange to a local endpoint. Of any other it only records the call, and the body becomes empty, because
     * its response is unknown.
     *
     * @param keepsBody whether the response does not replace the body
     */
    void send(String uri, boolean keepsBody) throws Exception {
        if (Destination.isLocal(exchange.getContext(), uri)) {
            DryRuns.send(exchange, uri);
            return;
        }
        outside(uri, keepsBody);
    }

    void outside(String uri, boolean keepsBody) {
        String shown = Destination.withoutSecrets(uri);
        boolean isMirror = Call.require(exchange).isMirror();
        explanation.wouldCall(row.at(), shown, isMirror);
        row.note("was not called; what follows depends on its response" + (keepsBody ? "" : ", and the body is empty here"));
        if (!isMirror) {
            explanation.note("What follows " + row.at() + " depends on the response of " + shown + ", which was not called.");
        }
        if (!keepsBody) {
            exchange.getMessage().setBody(null);
        }
    }

    /**
     * Sends a copy of the exchange.
     *
     * @param isMirror whether nothing of its outcome affects the client
     */
    void copy(String uri, boolean isMirror) {
        if (!Destination.isLocal(exchange.getContext(), uri)) {
            explanation.wouldCall(row.at(), Destination.withoutSecrets(uri), true);
            return;
        }
        Exchange copy = ExchangeHelper.createCorrelatedCopy(exchange, false);
        if (isMirror) {
            Call.require(exchange).orMirror(copy);
        }
        try {
            DryRuns.send(copy, uri);
        } catch (Exception e) {
            copy.setException(e);
        }
        if (copy.getException() != null) {
            row.note("fails for the copy: " + copy.getException().getMessage());
        }
    }

    /** Sends the exchange to a child of the step. */
    void child(Processor child) throws Exception {
        child.process(exchange);
    }
}
