package dev.openaigateway.explain;

import dev.openaigateway.recipient.RecipientGuard;
import dev.openaigateway.text.EndpointText;
import org.apache.camel.CamelContext;
import org.apache.camel.EndpointAware;
import org.apache.camel.Processor;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.model.KameletDefinition;
import org.apache.camel.model.LoadBalanceDefinition;
import org.apache.camel.model.LogDefinition;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ResequenceDefinition;
import org.apache.camel.model.SamplingDefinition;
import org.apache.camel.model.ScriptDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WireTapDefinition;

import java.util.List;

/**
 * What a dry run does at each kind of step. Steps that only compute or choose run as they are. Steps that send, wait, count
 * or call a bean are replaced. A kind that is not listed here, such as {@code choice} or {@code setBody}, runs.
 */
final class StepActions {

    private static final String UNKNOWN = "was not run, because it may have an effect outside; what follows may depend on it";

    private StepActions() {
    }

    static StepAction of(CamelContext context, ProcessorDefinition<?> step, Processor target) {
        if (step instanceof WireTapDefinition<?> || step instanceof ToDynamicDefinition || step instanceof SendDefinition<?>
                || step instanceof PollDefinition || step instanceof KameletDefinition) {
            return sending(context, step, target);
        }
        if (RecipientGuard.namesEndpoints(step)) {
            return DynamicSendActions.of(context, step);
        }
        if (step instanceof LoadBalanceDefinition) {
            return BalancerActions.of(target);
        }
        if (step instanceof BeanDefinition bean && isSafe(context, bean.getRef())) {
            return StepAction.RUN;
        }
        if (step instanceof BeanDefinition || step instanceof ProcessDefinition || step instanceof ScriptDefinition) {
            return StepAction.skip(UNKNOWN);
        }
        return counting(step, target);
    }

    private static StepAction sending(CamelContext context, ProcessorDefinition<?> step, Processor target) {
        if (step instanceof WireTapDefinition<?> tap) {
            return DynamicSendActions.mirror(context, tap);
        }
        if (step instanceof ToDynamicDefinition dynamic) {
            return DynamicSendActions.dynamic(context, dynamic);
        }
        if (step instanceof ToDefinition send && target instanceof EndpointAware sender) {
            return sending(context, send, sender.getEndpoint().getEndpointUri(), sender);
        }
        return run -> {
            run.outside(String.valueOf(step.getLabel()), false);
            return true;
        };
    }

    private static StepAction sending(CamelContext context, ToDefinition send, String uri, EndpointAware sender) {
        String scheme = EndpointText.scheme(uri);
        if (scheme.equals("instance") && send.getVariableReceive() != null) {
            return run -> {
                run.outside(uri, true);
                return true;
            };
        }
        if (sender.getEndpoint() instanceof SafeInDryRun || Destination.isLocal(context, uri)) {
            return StepAction.RUN;
        }
        if (scheme.equals("log")) {
            return StepAction.SKIP;
        }
        if (scheme.equals("bean") || scheme.equals("class")) {
            return StepAction.skip(UNKNOWN);
        }
        boolean keepsBody = send.getVariableReceive() != null || Destination.isOneWay(uri, send.getPattern());
        boolean isSet = send.getUri() != null && send.getUri().contains("{{");
        String shown = isSet ? send.getUri() : uri;
        return run -> {
            run.outside(shown, keepsBody);
            return true;
        };
    }

    /** Whether the bean of this name may run in a dry run. */
    static boolean isSafe(CamelContext context, String ref) {
        return ref != null && context.getRegistry().lookupByName(ref) instanceof SafeInDryRun;
    }

    private static StepAction counting(ProcessorDefinition<?> step, Processor target) {
        if (step instanceof LogDefinition) {
            return StepAction.SKIP;
        }
        if (step instanceof DelayDefinition) {
            return StepAction.skip("did not wait");
        }
        if (step instanceof ThrottleDefinition) {
            return StepAction.skip("did not count; above its limit the request waits or is refused");
        }
        if (step instanceof SamplingDefinition) {
            return StepAction.skip("did not count; it drops requests beyond its rate");
        }
        if (step instanceof CircuitBreakerDefinition || step instanceof IdempotentConsumerDefinition) {
            return children(target);
        }
        if (step instanceof AggregateDefinition || step instanceof ResequenceDefinition) {
            return run -> {
                run.row().note("collects requests; what follows is not explained");
                run.exchange().setRouteStop(true);
                return true;
            };
        }
        return StepAction.RUN;
    }

    /** Goes into the steps inside, without the count of the step itself. */
    private static StepAction children(Processor target) {
        return run -> {
            run.row().note("did not count; the steps in it are followed as if it lets the request through");
            List<Processor> inner = BalancerActions.children(target);
            if (!inner.isEmpty()) {
                run.child(inner.get(0));
            }
            return true;
        };
    }
}
