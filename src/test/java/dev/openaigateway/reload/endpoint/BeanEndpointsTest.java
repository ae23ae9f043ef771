package dev.openaigateway.reload.endpoint;

import dev.openaigateway.reload.registry.BeanScope;
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
    private final DefaultCamelContext context = new DefaultCamelContext();
    private final BeanEndpoints endpoints = new BeanEndpoints(context, new BeanScope(context, Set.of("quota")));

    BeanEndpointsTest() {
        context.addComponent("trap", new DefaultComponent(context) {
            @Override
            protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
                parameters.clear();
                return new Trap(uri, remaining, this);
            }
        });
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private Endpoint find(int number) {
        return endpoints.find("trap:" + number + "?source=#bean:quota").orElseThrow();
    }

    @Test
    void shouldStopTheEndpointThatWasNotUsedForLongest() {
        Endpoint first = find(0);
        find(1);
        assertThat(find(0)).isSameAs(first);
        for (int i = 2; i <= KEPT; i++) {
            find(i);
        }
        assertThat(stopped).containsExactly("1");
    }

    @Test
    void shouldStopAllAtTheEnd() {
        find(0);
        find(1);
        endpoints.end();

        assertThat(stopped).containsExactlyInAnyOrder("0", "1");
        assertThat(endpoints.find("trap:2?source=#bean:quota")).isEmpty();
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
