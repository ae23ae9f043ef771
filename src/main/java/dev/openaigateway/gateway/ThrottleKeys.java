package dev.openaigateway.gateway;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.model.ExpressionSubElementDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.model.language.ExpressionDefinition;
import org.apache.camel.support.ExpressionAdapter;

/**
 * Lets a {@code throttle} whose {@code correlationExpression} has no value, such as a header that the client did not send, count these
 * requests together under an empty key. Camel's own throttler fails with a {@link NullPointerException} then.
 */
public final class ThrottleKeys extends ModelLifecycleStrategySupport {

    private final CamelContext context;

    private ThrottleKeys(CamelContext context) {
        this.context = context;
    }

    /** Applies to all routes that are added later. */
    public static void install(CamelContext context) {
        context.getCamelContextExtension().getContextPlugin(Model.class).addModelLifecycleStrategy(new ThrottleKeys(context));
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        for (ThrottleDefinition throttle : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ThrottleDefinition.class)) {
            ExpressionSubElementDefinition key = throttle.getCorrelationExpression();
            if (key != null && key.getExpressionType() != null && !(key.getExpressionType().getExpressionValue() instanceof OrEmpty)) {
                key.setExpressionType(new ExpressionDefinition((Expression) new OrEmpty(key.getExpressionType().createExpression(context))));
            }
        }
    }

    /** The text of an expression; empty instead of null. */
    private static final class OrEmpty extends ExpressionAdapter {

        private final Expression expression;

        OrEmpty(Expression expression) {
            this.expression = expression;
        }

        @Override
        public Object evaluate(Exchange exchange) {
            String text = expression.evaluate(exchange, String.class);
            return text == null ? "" : text;
        }

        @Override
        public String toString() {
            return expression.toString();
        }
    }
}
