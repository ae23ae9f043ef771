package dev.openaigateway.explain;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.DiscardingClientStream;
import dev.openaigateway.call.rule.InstanceResponse;
import io.vertx.core.buffer.Buffer;
import org.apache.camel.Exchange;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.SetHeaderDefinition;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

class ResponseStepTest {

    private static final Object WITHOUT_TEXT = new Object() {
        @Override
        public String toString() {
            throw new IllegalStateException("no text");
        }
    };

    @Test
    void shouldEndAStepWhoseHeaderHasNoText() throws Exception {
        try (DefaultCamelContext context = new DefaultCamelContext(false)) {
            Exchange exchange = new DefaultExchange(context);
            new Call(exchange, "request-1", Instant.EPOCH, 0, new DiscardingClientStream()).attach();
            exchange.getMessage().setBody(Buffer.buffer("{}"));
            InstanceResponse.show(exchange);
            AtomicInteger ends = new AtomicInteger();

            ((ResponseStep) ResponseStep.of(new SetHeaderDefinition(), each -> each.getMessage().setHeader("x-a", WITHOUT_TEXT)))
                    .process(exchange, doneSync -> ends.incrementAndGet());

            assertThat(ends).hasValue(1);
            assertThat(exchange.getException()).hasMessage("no text");
        }
    }
}
