package dev.openaigateway.recipient;

import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.DynamicRouterDefinition;
import org.apache.camel.model.EnrichDefinition;
import org.apache.camel.model.ExpressionNode;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.PollDefinition;
import org.apache.camel.model.PollEnrichDefinition;
import org.apache.camel.model.RecipientListDefinition;
import org.apache.camel.model.RoutingSlipDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.language.ConstantExpression;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.model.language.SimpleExpression;
import org.apache.camel.reifier.ProcessorReifier;
import org.apache.camel.spi.ProcessorFactory;
import org.apache.camel.support.PluginHelper;

import java.util.Optional;

/**
 * Guards each step that computes the endpoint which it sends to. Camel takes the result for text of a rule: it resolves placeholders
 * in it, and reads options, references and further endpoints from it. Gives steps the endpoints that belong to the version of their
 * route. Every step of every route is made through this factory.
 */
public final class RecipientGuard implements ProcessorFactory {

    private final ProcessorFactory camel;

    private RecipientGuard(ProcessorFactory camel) {
        this.camel = camel;
    }

    /** Guards the steps of all routes that are added later. */
    public static void install(CamelContext context) {
        context.getCamelContextExtension().addContextPlugin(ProcessorFactory.class, new RecipientGuard(PluginHelper.getProcessorFactory(context)));
    }

    /**
     * What a step sends to at run time, as the guarded step evaluates it.
     *
     * @param step a {@code toD}, a {@code wireTap}, or one whose expression gives endpoints
     */
    public static Expression recipients(CamelContext context, NamedNode step) {
        if (step instanceof ToDynamicDefinition dynamic) {
            return new DynamicUri(dynamic.getUri(), Delimiter.of(context, step), Optional.empty()).expr(context);
        }
        return recipients(context, step, Delimiter.of(context, step));
    }

    private static Expression recipients(CamelContext context, NamedNode step, Delimiter delimiter) {
        ExpressionDefinition definition = ((ExpressionNode) step).getExpression();
        Expression original = ((ModelCamelContext) context).createExpression(definition);
        if (definition instanceof ConstantExpression) {
            return original;
        }
        GuardedExpression guarded = definition instanceof SimpleExpression simple && simple.getExpression() != null
                ? UriTemplate.of(context, context.resolvePropertyPlaceholders(simple.getExpression()).strip(), delimiter, original)
                : new ComputedRecipients(original, delimiter);
        return step instanceof DynamicRouterDefinition ? new RouterExpression(guarded) : guarded;
    }

    /** @param isStatic whether also a step is guarded whose URI is the same for every request */
    private static boolean isGuarded(CamelContext context, NamedNode step, boolean isStatic) {
        return step instanceof ToDynamicDefinition dynamic && dynamic.getEndpointProducerBuilder() == null && isGuarded(context, dynamic.getUri(), isStatic)
                || step instanceof PollDefinition poll && poll.getEndpointConsumerBuilder() == null && isGuarded(context, poll.getUri(), isStatic)
                || namesEndpoints(step) && ((ExpressionNode) step).getExpression() != null
                && (isStatic || !(((ExpressionNode) step).getExpression() instanceof ConstantExpression));
    }

    private static boolean isGuarded(CamelContext context, String uri, boolean isStatic) {
        return uri != null && (isStatic || DynamicUri.isComputed(context, uri));
    }

    /** Whether the expression of the step names the endpoints that it sends to or takes from. */
    public static boolean namesEndpoints(NamedNode step) {
        return step instanceof EnrichDefinition || step instanceof PollEnrichDefinition || step instanceof RecipientListDefinition
                || step instanceof RoutingSlipDefinition || step instanceof DynamicRouterDefinition;
    }

    @Override
    public Processor createProcessor(Route route, NamedNode step) throws Exception {
        Processor other = camel.createProcessor(route, step);
        Optional<OwnEndpoints> own = OwnEndpoints.ofStep(route, step);
        if (other == null && own.isPresent() && step instanceof ToDefinition to) {
            return OwnSteps.send(route, to, own.get());
        }
        if (other != null || !isGuarded(route.getCamelContext(), step, own.isPresent())) {
            return other;
        }
        if (step instanceof PollDefinition poll) {
            return guarded(route, poll, own);
        }
        return step instanceof ToDynamicDefinition dynamic ? guarded(route, dynamic, own) : guarded(route, (ExpressionNode) step, own);
    }

    /** The definition is a part of the model, so it is again as the rule has it when the step is made. */
    private static Processor guarded(Route route, ToDynamicDefinition step, Optional<OwnEndpoints> own) throws Exception {
        boolean mayBeOwn = PlainSteps.mayBeOwn(own, step.getUri());
        Delimiter delimiter = mayBeOwn ? Delimiter.NONE_OF_PLAIN_SEND : Delimiter.of(route.getCamelContext(), step);
        step.setEndpointProducerBuilder(new DynamicUri(step.getUri(), delimiter, mayBeOwn ? own : Optional.empty()));
        try {
            return own.isPresent() ? OwnSteps.dynamic(route, step, own.get()) : ProcessorReifier.reifier(route, step).createProcessor();
        } finally {
            step.setEndpointProducerBuilder(null);
        }
    }

    private static Processor guarded(Route route, PollDefinition step, Optional<OwnEndpoints> own) throws Exception {
        step.setEndpointConsumerBuilder(new DynamicUri(step.getUri(), Delimiter.NONE_OF_PLAIN_SEND, own));
        try {
            return PlainSteps.plain(ProcessorReifier.reifier(route, step).createProcessor());
        } finally {
            step.setEndpointConsumerBuilder(null);
        }
    }

    private static Processor guarded(Route route, ExpressionNode step, Optional<OwnEndpoints> own) throws Exception {
        ExpressionDefinition original = step.getExpression();
        CamelContext context = route.getCamelContext();
        boolean isPlain = step instanceof PollEnrichDefinition || step instanceof EnrichDefinition && PlainSteps.mayBeOwn(own, original.getExpression());
        Delimiter delimiter = isPlain ? Delimiter.NONE_OF_PLAIN_SEND : Delimiter.of(context, (NamedNode) step);
        Expression recipients = recipients(context, (NamedNode) step, delimiter);
        Optional<OwnEndpoints> found = step instanceof EnrichDefinition && !isPlain ? Optional.empty() : own;
        ExpressionDefinition guarded = new ExpressionDefinition(found.<Expression>map(endpoints ->
                new OwnRecipients(recipients, delimiter, endpoints)).orElse(recipients));
        guarded.setExpression(original.getExpression());
        step.setExpression(guarded);
        try {
            Processor processor = ProcessorReifier.reifier(route, step).createProcessor();
            return isPlain ? PlainSteps.plain(processor) : processor;
        } finally {
            step.setExpression(original);
        }
    }

    @Override
    public Processor createChildProcessor(Route route, NamedNode step, boolean mandatory) throws Exception {
        return camel.createChildProcessor(route, step, mandatory);
    }

    @Override
    public Processor createProcessor(CamelContext context, String name, Object[] arguments) throws Exception {
        return camel.createProcessor(context, name, arguments);
    }
}
