package dev.openaigateway.reload.endpoint;

import dev.openaigateway.recipient.OwnEndpoints;
import dev.openaigateway.reload.registry.BeanScope;
import dev.openaigateway.support.PlainContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class BeanEndpointsTest {

    private static final int KEPT = 1_000;

    private final List<String> stopped = new ArrayList<>();
    private final DefaultCamelContext context = PlainContext.create();
    private final BeanEndpoints endpoints = new BeanEndpoints(context, new BeanScope(context, Set.of("quota")));

    BeanEndpointsTest() {
        context.addComponent("trap", new DefaultComponent(context) {
            @Override
            protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
                parameters.clear();
                return new Trap(uri, remaining, this);
            }
        });
        context.start();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private OwnEndpoints step() {
        return endpoints.ofStep().orElseThrow();
    }

    private static Endpoint find(OwnEndpoints step, int number) {
        return step.find("trap:" + number + "?source=#bean:quota").orElseThrow();
    }

    @Test
    void shouldForgetTheEndpointThatWasNotUsedForLongest() {
        OwnEndpoints step = step();
        Endpoint first = find(step, 0);
        Endpoint second = find(step, 1);
        for (int i = 2; i < KEPT; i++) {
            find(step, i);
        }
        assertThat(find(step, 0)).isSameAs(first);
        find(step, KEPT);

        assertThat(find(step, 0)).isSameAs(first);
        assertThat(find(step, 1)).isNotSameAs(second);
        assertThat(stopped).as("a request may send to it").isEmpty();
        endpoints.end();
        assertThat(stopped).contains("0", "1");
    }

    @Test
    void shouldKeepTheEndpointsOfEachStepApart() {
        OwnEndpoints fixed = step();
        Endpoint endpoint = find(fixed, 0);
        OwnEndpoints computed = step();
        assertThat(find(computed, 0)).isNotSameAs(endpoint);
        for (int i = 1; i <= KEPT; i++) {
            find(computed, i);
        }

        assertThat(find(fixed, 0)).isSameAs(endpoint);
    }

    @Test
    void shouldReplaceAnEndpointThatCamelHasStopped() {
        OwnEndpoints step = step();
        Endpoint endpoint = find(step, 0);
        assertThat(find(step, 0)).isSameAs(endpoint);

        endpoint.stop();

        assertThat(find(step, 0)).isNotSameAs(endpoint);
    }

    @Test
    void shouldStopAllAtTheEnd() {
        find(step(), 0);
        OwnEndpoints step = step();
        find(step, 1);
        endpoints.end();

        assertThat(stopped).containsExactlyInAnyOrder("0", "1");
        assertThat(step.find("trap:2?source=#bean:quota")).isEmpty();
    }

    private final class Trap extends DefaultEndpoint {

        private final String name;

        Trap(String uri, String name, DefaultComponent component) {
            super(uri, component);
            this.name = name;
        }

        @Override
        protected void doStop() {
            stopped.add(name);
        }

        @Override
        public Producer createProducer() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException();
        }
    }
}
