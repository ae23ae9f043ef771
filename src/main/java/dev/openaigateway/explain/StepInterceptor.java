package dev.openaigateway.explain;

import dev.openaigateway.call.rule.GatewayEndpoints;
import dev.openaigateway.call.rule.RuleProperties;
import dev.openaigateway.recipient.RecipientGuard;
import dev.openaigateway.text.EndpointText;
import org.apache.camel.CamelContext;
import org.apache.camel.Channel;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Ordered;
import org.apache.camel.Processor;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.FilterDefinition;
import org.apache.camel.model.InterceptDefinition;
import org.apache.camel.model.InterceptFromDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.model.SetHeadersDefinition;
import org.apache.camel.model.SetPropertyDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.InterceptStrategy;

import java.util.List;
import java.util.Optional;

/**
 * Puts an {@link ExplainedStep} in front of each step of each route that rules can reach, that is, of each route that begins
 * with {@code direct:} and is not the gateway's own. The steps of an {@code intercept} come before it. Thread-safe.
 */
public final class StepInterceptor extends ModelLifecycleStrategySupport implements InterceptStrategy, Ordered {

    private final DryRuns dryRuns;
    private final RuleNames names;
    /** Those of the route; none for what adds this to routes. */
    private final List<InterceptDefinition> intercepts;

    private StepInterceptor(DryRuns dryRuns, RuleNames names, List<InterceptDefinition> intercepts) {
        this.dryRuns = dryRuns;
        this.names = names;
        this.intercepts = intercepts;
    }

    /** Intercepts and names the steps of all routes that are added later, and guards those that compute where they send to. */
    public static void install(CamelContext context, DryRuns dryRuns, RuleNames names) {
        RecipientGuard.install(context);
        context.getCamelContextExtension().getContextPlugin(Model.class).addModelLifecycleStrategy(new StepInterceptor(dryRuns, names, List.of()));
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        String uri = route.getInput() == null ? "" : route.getInput().getEndpointUri();
        if (EndpointText.isDirect(uri) && !GatewayEndpoints.contains(uri) && added(route).isEmpty()) {
            route.addInterceptStrategy(new StepInterceptor(dryRuns, names, intercepts(route)));
        }
    }

    private static Optional<StepInterceptor> added(RouteDefinition route) {
        return route.getInterceptStrategies().stream().filter(StepInterceptor.class::isInstance).map(StepInterceptor.class::cast).findFirst();
    }

    /** Camel takes them out of the route when it builds it. */
    private static List<InterceptDefinition> intercepts(RouteDefinition route) {
        return route.getOutputs().stream().filter(step -> step instanceof InterceptDefinition && !(step instanceof InterceptFromDefinition))
                .map(InterceptDefinition.class::cast).toList();
    }

    /** Camel wraps a step in its last strategy first. This one has to see the step as it is, without what an {@code intercept} puts around it. */
    @Override
    public int getOrder() {
        return LOWEST;
    }

    @Override
    public void onRemoveRouteDefinition(RouteDefinition route) {
        if (route != null) {
            names.remove(route.getOutputs());
            added(route).ifPresent(own -> own.intercepts.forEach(intercept -> names.remove(intercept.getOutputs())));
        }
    }

    @Override
    public Processor wrapProcessorInInterceptors(CamelContext context, NamedNode node, Processor target, Processor next) {
        boolean isInterceptedInside = target instanceof Channel;
        if (isInterceptedInside || !(node instanceof ProcessorDefinition<?> step) || isOwn(context, step)) {
            return target;
        }
        names.add(step);
        Processor named = intercepts.isEmpty() ? target : new NamedStep(step, target);
        return new ExplainedStep(ResponseStep.of(step, named), StepLocation.of(step), StepActions.of(context, step, target), kind(step),
                alwaysChanges(step), AsyncSteps.may(step), dryRuns);
    }

    private static ExplainedStep.Kind kind(ProcessorDefinition<?> step) {
        if (step instanceof ChoiceDefinition || step instanceof FilterDefinition || step instanceof InterceptFromDefinition) {
            return ExplainedStep.Kind.CONDITION;
        }
        if (step instanceof ToDefinition to && String.valueOf(to.getUri()).startsWith("instance:")) {
            return ExplainedStep.Kind.INSTANCE;
        }
        return step.getOutputs().isEmpty() ? ExplainedStep.Kind.LEAF : ExplainedStep.Kind.BLOCK;
    }

    /** Whether the step sets the status of the answer or the model of the request, which the message body does not show. */
    private static boolean alwaysChanges(ProcessorDefinition<?> step) {
        return step instanceof SetPropertyDefinition property && RuleProperties.MODEL.equals(property.getName())
                || step instanceof SetHeaderDefinition header && Exchange.HTTP_RESPONSE_CODE.equalsIgnoreCase(header.getName())
                || step instanceof SetHeadersDefinition several && several.getHeaders().stream()
                        .anyMatch(header -> Exchange.HTTP_RESPONSE_CODE.equalsIgnoreCase(header.getName()));
    }

    /** A step of the gateway, such as the one that responds with an error, is not part of a rule. */
    private static boolean isOwn(CamelContext context, ProcessorDefinition<?> step) {
        return step instanceof ProcessDefinition process && StepActions.isSafe(context, process.getRef());
    }
}
