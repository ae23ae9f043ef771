package dev.openaigateway.warmup;

import dev.openaigateway.call.InFlight;
import dev.openaigateway.config.Settings;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.TestSettings;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Language;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.function.BooleanSupplier;

import static org.assertj.core.api.Assertions.assertThat;

class FailedReleaseTest {

    private static final Duration LONG = Duration.ofHours(1);

    private final CamelContext context = new DefaultCamelContext(false) {
        @Override
        public Language resolveLanguage(String name) {
            throw new IllegalStateException("no language");
        }
    };

    @Test
    void shouldBeReadyIfTheMemoryOfTheWarmUpCannotBeGivenBack() {
        Settings settings = TestSettings.of("instances: [ { name: one, provider_type: generic, api_base: \"http://127.0.0.1:1\" } ]");
        context.getRegistry().bind("warmUp", new WarmUp(LONG, LONG, environment -> {
            throw new IllegalStateException("no gateway");
        }));
        BooleanSupplier warming = WarmUp.of(context, settings, new InFlight(1));
        assertThat(warming.getAsBoolean()).isTrue();

        context.getLifecycleStrategies().forEach(strategy -> strategy.onContextStarted(context));

        Eventually.holds("the gateway is ready", () -> !warming.getAsBoolean());
    }
}
