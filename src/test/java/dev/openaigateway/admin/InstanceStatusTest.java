package dev.openaigateway.admin;

import dev.openaigateway.config.BreakerSettings;
import dev.openaigateway.health.Availability;
import dev.openaigateway.health.Availability.State;
import dev.openaigateway.health.Breakers;
import dev.openaigateway.health.Health;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.support.TestSettings;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

class InstanceStatusTest {

    private Runnable whenAsked = () -> { };
    private final InstantSource ticks = () -> {
        whenAsked.run();
        return Instant.EPOCH;
    };

    @Test
    void shouldShowTheWaitOfAModelAlthoughACheckFailsMeanwhile() {
        Health health = new Health("east", new Breakers(ticks, (owner, model, configured, open) -> { }), BreakerSettings.DEFAULT, ticks);
        Instance instance = new Instance(TestSettings.of("""
                instances: [ { name: east, provider_type: generic, api_base: "http://localhost:1", supported_models: [one, two, three] } ]
                """).instances().get(0), health, new AtomicInteger());
        for (String model : instance.settings().models()) {
            health.bench(health.of(model), Duration.ofSeconds(9), State.RATE_LIMITED);
        }
        whenAsked = () -> health.checked(false);

        Availability availability = InstanceStatus.availability(instance);

        assertThat(availability).isEqualTo(new Availability(State.RATE_LIMITED, Duration.ofSeconds(9)));
    }
}
