package dev.openaigateway.gateway;

import dev.openaigateway.support.PlainContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.ThrottleDefinition;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ThrottleKeysTest {

    private final CamelContext context = PlainContext.create();

    @BeforeEach
    void addRoute() throws Exception {
        ThrottleKeys.install(context);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").throttle(constant(1)).correlationExpression(header("team"));
            }
        });
    }

    @Test
    void shouldBoundTheLengthOfAKey() {
        assertThat(key(null)).isEmpty();
        assertThat(key("x".repeat(256))).isEqualTo("x".repeat(256));
        assertThat(key("x".repeat(100_000))).hasSize(64).isEqualTo(key("x".repeat(100_000))).isNotEqualTo(key("x".repeat(100_001)));
    }

    private String key(String team) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setHeader("team", team);
        ThrottleDefinition throttle = (ThrottleDefinition) context.getCamelContextExtension().getContextPlugin(Model.class).getRouteDefinitions().get(0)
                .getOutputs().get(0);
        return throttle.getCorrelationExpression().getExpressionType().evaluate(exchange, String.class);
    }
}
