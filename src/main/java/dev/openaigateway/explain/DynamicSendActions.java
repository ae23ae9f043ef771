package dev.openaigateway.explain;

import dev.openaigateway.recipient.RecipientGuard;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Expression;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.support.ObjectHelper;

import java.util.ArrayList;
import java.util.List;

/** Steps whose endpoint is known only at run time: their expressions are evaluated, and what is local is followed. */
final class DynamicSendActions {

    private static final int MOST_HOPS = 20;

    private DynamicSendActions() {
    }

    static StepAction of(CamelContext context, ProcessorDefinition<?> step) {
        Expression expression = RecipientGuard.recipients(context, step);
        if (step instanceof EnrichDefinition enrich) {
            return run -> enriches(run, enrich.getVariableReceive() != null || enrich.getAggregationStrategy() != null, uris(expression, run, ","));
        }
        if (step instanceof PollEnrichDefinition poll) {
            boolean keepsBody = poll.getVariableReceive() != null || poll.getAggregationStrategy() != null;
            return run -> {
                uris(expression, run, ",").forEach(uri -> run.outside(uri, keepsBody));
                return true;
            };
        }
        if (step instanceof RecipientListDefinition<?> list) {
            return run -> copies(run, uris(expression, run, list.getDelimiter()));
        }
        if (step instanceof RoutingSlipDefinition<?> slip) {
            return run -> oneAfterTheOther(run, uris(expression, run, slip.getUriDelimiter()));
        }
        return run -> hops(run, expression, ((DynamicRouterDefinition<?>) step).getUriDelimiter());
    }

    static StepAction dynamic(CamelContext context, ToDynamicDefinition step) {
        Expression expression = RecipientGuard.recipients(context, step);
        boolean keepsBody = step.getVariableReceive() != null;
        return run -> {
            String uri = expression.evaluate(run.exchange(), String.class);
            if (Destination.isLocal(context, uri)) {
                run.row().note("goes to " + Destination.withoutSecrets(uri));
                return false;
            }
            run.outside(uri, keepsBody || Destination.isOneWay(uri, step.getPattern()));
            return true;
        };
    }

    static StepAction mirror(CamelContext context, WireTapDefinition<?> tap) {
        Expression expression = RecipientGuard.recipients(context, tap);
        return run -> {
            run.copy(expression.evaluate(run.exchange(), String.class), true);
            return true;
        };
    }

    /** An enriching step keeps its strategy, so the real step runs if the endpoint is local. */
    private static boolean enriches(DryStep run, boolean keepsBody, List<String> uris) {
        for (String uri : uris) {
            if (Destination.isLocal(run.exchange().getContext(), uri)) {
                return false;
            }
            run.outside(uri, keepsBody);
        }
        return true;
    }

    private static boolean copies(DryStep run, List<String> uris) {
        for (String uri : uris) {
            run.row().note("a copy goes to " + Destination.withoutSecrets(uri));
            if (Destination.isLocal(run.exchange().getContext(), uri)) {
                run.copy(uri, false);
            } else {
                run.outside(uri, false);
            }
        }
        return true;
    }

    private static boolean oneAfterTheOther(DryStep run, List<String> uris) throws Exception {
        for (String uri : uris) {
            if (run.exchange().getException() == null && !run.exchange().isRouteStop()) {
                run.row().note("goes to " + Destination.withoutSecrets(uri));
                run.send(uri, false);
            }
        }
        return true;
    }

    private static boolean hops(DryStep run, Expression expression, String delimiter) throws Exception {
        for (int hop = 0; hop < MOST_HOPS; hop++) {
            List<String> next = uris(expression, run, delimiter);
            if (next.isEmpty()) {
                return true;
            }
            oneAfterTheOther(run, next);
        }
        run.row().note("was left after " + MOST_HOPS + " hops");
        return true;
    }

    private static List<String> uris(Expression expression, DryStep run, String delimiter) {
        Object value = expression.evaluate(run.exchange(), Object.class);
        List<String> uris = new ArrayList<>();
        ObjectHelper.createIterable(value, delimiter == null ? "," : delimiter).forEach(each -> {
            String uri = each instanceof Endpoint endpoint ? endpoint.getEndpointUri() : String.valueOf(each).strip();
            if (!uri.isEmpty()) {
                uris.add(uri);
            }
        });
        return uris;
    }
}
