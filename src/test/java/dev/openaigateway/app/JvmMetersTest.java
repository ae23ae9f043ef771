package dev.openaigateway.app;

import dev.openaigateway.support.Eventually;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JvmMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final JvmMeters meters = new JvmMeters(registry);
    private final CamelContext context = new DefaultCamelContext(false);

    @Test
    void shouldBindWithoutAScrapeOnceTheContextHasStarted() {
        meters.onContextStarted(context);

        Eventually.holds("the meters are bound", this::isBound);
        meters.onContextStopped(context);
    }

    @Test
    void shouldBindOnceForScrapes() {
        meters.bind();
        int bound = registry.getMeters().size();
        meters.bind();

        assertThat(isBound()).isTrue();
        assertThat(registry.getMeters()).hasSize(bound);
        meters.onContextStopped(context);
    }

    @Test
    void shouldNotBindAfterTheStop() {
        meters.onContextStopped(context);
        meters.bind();

        assertThat(registry.getMeters()).isEmpty();
    }

    private boolean isBound() {
        return registry.find("jvm.memory.used").gauge() != null && registry.find("process.uptime").meter() != null;
    }
}
