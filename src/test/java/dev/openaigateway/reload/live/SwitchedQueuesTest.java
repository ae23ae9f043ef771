package dev.openaigateway.reload.live;

import dev.openaigateway.support.PlainContext;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorConverterHelper;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** Messages that queues deliver while the entry points switch from one version to another. */
class SwitchedQueuesTest {

    private static final List<String> ADDED = List.of("seda:usage?pollTimeout=101", "seda:alert?pollTimeout=101", "seda:mine?pollTimeout=101");
    private static final List<String> REMOVED = List.of("seda:usage?pollTimeout=100", "seda:alert?pollTimeout=100", "seda:mine?pollTimeout=100");

    private final CamelContext context = PlainContext.create();
    private final EntryPoints entryPoints = new EntryPoints(context);
    private final List<EntryPoint> consumers = new ArrayList<>();
    private final List<String> taken = new ArrayList<>();

    @AfterEach
    void stop() {
        consumers.forEach(EntryPoint::end);
        context.stop();
    }

    @Test
    void shouldHaveARouteForEachMessageAtEachMomentOfASwitch() throws Exception {
        RouteInputs before = begun("before", REMOVED);
        entryPoints.switchTo(before);
        RouteInputs next = begun("next", ADDED);

        entryPoints.switchTo(next);
        deliverToAll();

        assertThat(taken).hasSizeGreaterThan(2 * consumers.size()).containsOnly("before", "next");
    }

    /** Each look-up in the version's routes is a moment of the switch. */
    private RouteInputs begun(String version, List<String> uris) throws Exception {
        Map<String, AsyncProcessor> byUri = new HashMap<>() {

            @Override
            public AsyncProcessor getOrDefault(Object uri, AsyncProcessor other) {
                deliverToAll();
                return super.getOrDefault(uri, other);
            }

            @Override
            public boolean containsKey(Object uri) {
                deliverToAll();
                return super.containsKey(uri);
            }
        };
        Map<String, EntryPoint> added = new LinkedHashMap<>();
        for (String uri : uris) {
            byUri.put(uri, AsyncProcessorConverterHelper.convert(exchange -> exchange.getMessage().setBody(version)));
            added.put(uri, new EntryPoint(entryPoints, uri).consumeFrom(context.getEndpoint(uri)));
        }
        RouteInputs inputs = new RouteInputs(byUri, added);
        entryPoints.begin(inputs);
        consumers.addAll(added.values());
        return inputs;
    }

    private void deliverToAll() {
        for (EntryPoint consumer : consumers) {
            Exchange exchange = new DefaultExchange(context);
            consumer.process(exchange, doneSync -> { });
            taken.add(exchange.getException() == null ? exchange.getMessage().getBody(String.class) : exchange.getException().getMessage());
        }
    }
}
