package dev.openaigateway.explain;

import dev.openaigateway.recipient.OwnComponents;
import dev.openaigateway.text.EndpointText;
import org.apache.camel.model.AggregateDefinition;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.CircuitBreakerDefinition;
import org.apache.camel.model.DelayDefinition;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.IdempotentConsumerDefinition;
import org.apache.camel.model.MulticastDefinition;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ThreadsDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;

import java.util.Set;

/** The kinds of step that may end on another thread. All others end before their method returns, or contain such steps. */
final class AsyncSteps {

    private static final Set<Class<?>> STEPS = Set.of(AggregateDefinition.class, BeanDefinition.class, CircuitBreakerDefinition.class,
            DelayDefinition.class, DynamicRouterDefinition.class, EnrichDefinition.class, IdempotentConsumerDefinition.class,
            MulticastDefinition.class, ProcessDefinition.class, RecipientListDefinition.class, RoutingSlipDefinition.class,
            SplitDefinition.class, ThreadsDefinition.class, ThrottleDefinition.class, ToDynamicDefinition.class);
    private static final Set<String> ON_THE_THREAD = Set.of("direct", "log");

    private AsyncSteps() {
    }

    static boolean may(ProcessorDefinition<?> step) {
        if (step instanceof ToDefinition to) {
            String scheme = EndpointText.scheme(String.valueOf(to.getUri()));
            return !OwnComponents.contain(scheme) && !ON_THE_THREAD.contains(scheme);
        }
        return STEPS.contains(step.getClass());
    }
}
