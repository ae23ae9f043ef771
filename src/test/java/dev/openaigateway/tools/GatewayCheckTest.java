package dev.openaigateway.tools;

import dev.openaigateway.support.PlainContext;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class GatewayCheckTest {

    @Test
    void shouldBeUpWithDetailsWhileThereIsNoProblem() {
        HealthCheck.Result result = call(details -> {
            details.put("east", "healthy");
            return null;
        });

        assertThat(result.getState()).isEqualTo(HealthCheck.State.UP);
        assertThat(result.getDetails()).containsEntry("east", "healthy");
    }

    @Test
    void shouldBeDownWithTheProblem() {
        HealthCheck.Result result = call(details -> "Redis does not respond.");

        assertThat(result.getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(result.getMessage()).contains("Redis does not respond.");
        assertThat(result.getCheck().isReadiness()).as("traffic is not taken away").isFalse();
    }

    private static HealthCheck.Result call(GatewayCheck.Check look) {
        GatewayCheck check = new GatewayCheck("gateway-test", look);
        try (DefaultCamelContext context = PlainContext.create()) {
            check.setCamelContext(context);
            return check.call(Map.of());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
