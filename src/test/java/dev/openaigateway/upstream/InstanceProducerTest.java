package dev.openaigateway.upstream;

import dev.openaigateway.health.Breakers;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.support.PlainContext;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestSettings;
import org.apache.camel.Producer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class InstanceProducerTest {

    private final TestClock clock = new TestClock();
    private final Instances instances = new Instances(new Breakers(clock, (instance, deployment, configured, open) -> { }), clock);

    @Test
    void shouldDropTheRoutesThatSettingsNoLongerHave() throws Exception {
        InstanceComponent component = new InstanceComponent(instances, null, null);
        component.setCamelContext(PlainContext.create());
        InstanceProducer producer = (InstanceProducer) component.createEndpoint("instance:*").createProducer();
        Producer last = null;

        for (int port = 10; port < 20; port++) {
            instances.apply(TestSettings.of("""
                    instances:
                      - { name: east, provider_type: generic, api_key: k, api_base: "http://east:%d" }
                      - { name: west, provider_type: generic, api_key: k, api_base: "http://west" }
                    """.formatted(port)));
            for (Instance instance : instances.all()) {
                last = producer.route(instance.routeKey());
            }
        }

        assertThat(producer.routes).containsOnlyKeys(instances.all().stream().map(Instance::routeKey).toList());
        assertThat(producer.route(instances.named("west").orElseThrow().routeKey())).isSameAs(last);
    }
}
