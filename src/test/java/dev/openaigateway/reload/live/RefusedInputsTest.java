package dev.openaigateway.reload.live;

import dev.openaigateway.reload.endpoint.BeanEndpoints;
import dev.openaigateway.reload.registry.BeanScope;
import dev.openaigateway.reload.registry.ContextSnapshot;
import dev.openaigateway.reload.registry.VersionBeans;
import dev.openaigateway.support.PlainContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A version with an input that cannot be sent to leaves nothing behind. */
class RefusedInputsTest {

    private final CamelContext context = PlainContext.create();
    private final AtomicInteger created = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();

    /** The third of them cannot be sent to. */
    private final class Input extends DefaultEndpoint {

        private final boolean byError;

        Input(String uri, boolean byError) {
            super(uri, null);
            this.byError = byError;
            setCamelContext(context);
        }

        @Override
        public Producer createProducer() {
            if (created.incrementAndGet() == 3) {
                if (byError) {
                    throw new NoClassDefFoundError("com/example/Missing");
                }
                throw new IllegalStateException("no such queue");
            }
            return new DefaultProducer(this) {
                @Override
                public void process(Exchange exchange) {
                }

                @Override
                protected void doStart() {
                    running.incrementAndGet();
                }

                @Override
                protected void doStop() {
                    running.decrementAndGet();
                }
            };
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldStopWhatHasBegun(boolean byError) {
        Map<String, Endpoint> inputs = new HashMap<>();
        for (String name : List.of("a", "b", "c")) {
            inputs.put("direct:" + name, new Input("direct:" + name, byError));
        }
        RoutesVersion version = new RoutesVersion(List.of(), List.of(), inputs, new BeanEndpoints(context, new BeanScope(context, Set.of())),
                new ContextSnapshot(context), VersionBeans.take(context, List.of()), List.of());

        assertThatThrownBy(() -> new EntryPoints(context).prepare(version)).isInstanceOf(RuntimeException.class);

        assertThat(created).hasValue(3);
        assertThat(running).hasValue(0);
    }
}
