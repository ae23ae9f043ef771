package dev.openaigateway.gateway;

import dev.openaigateway.config.Sha256;
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

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Lets a {@code throttle} whose {@code correlationExpression} has no value, such as a header that the client did not send, count these
 * requests together under an empty key. Camel's own throttler fails with a {@link NullPointerException} then. A long key is replaced by its
 * digest, because the throttler keeps each key for many of its periods.
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
            if (key != null && key.getExpressionType() != null && !(key.getExpressionType().getExpressionValue() instanceof BoundedKey)) {
                key.setExpressionType(new ExpressionDefinition((Expression) new BoundedKey(key.getExpressionType().createExpression(context))));
            }
        }
    }

    /** The text of an expression; empty instead of null, and the digest of a long one. */
    private static final class BoundedKey extends ExpressionAdapter {

        private static final int LONGEST = 256;

        private final Expression expression;

        BoundedKey(Expression expression) {
            this.expression = expression;
        }

        @Override
        public Object evaluate(Exchange exchange) {
            String text = expression.evaluate(exchange, String.class);
            if (text == null) {
                return "";
            }
            return text.length() <= LONGEST ? text : HexFormat.of().formatHex(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
        }

        @Override
        public String toString() {
            return expression.toString();
        }
    }
}
