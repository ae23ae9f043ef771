package dev.openaigateway.reload;

import org.apache.camel.CamelContext;
import org.apache.camel.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.Route;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.service.ServiceHelper;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Keeps the endpoint names of the rules stable while the route ids carry a version number: a route of another file
 * that sends to {@code direct:routing} reaches the active version. Changed by one thread at a time.
 */
final class RulesSwitch {

    /** The routes of the first version: they bear no number, but their names are needed. */
    private record First(RulesVersion version, Map<String, Processor> routes) {
    }

    private final CamelContext context;
    private final Set<String> open = new HashSet<>();
    private volatile First first;
    private volatile Map<String, Processor> active = Map.of();

    RulesSwitch(CamelContext context) {
        this.context = context;
    }

    /** From now on the endpoints as the file names them lead to this version, whose routes are started. */
    void lead(RulesVersion before, RulesVersion now) throws Exception {
        Map<String, Processor> producers = new HashMap<>();
        for (Map.Entry<String, String> endpoint : now.endpoints().entrySet()) {
            Producer producer = context.getEndpoint(endpoint.getValue()).createProducer();
            ServiceHelper.startService(producer);
            producers.put(endpoint.getKey(), producer);
        }
        active = producers;
        if (first == null) {
            free(before);
        }
        for (String name : now.endpoints().keySet()) {
            open(name);
        }
    }

    /** Its routes are not stopped: who is on them goes on, also from one of them to another. */
    private void free(RulesVersion version) throws Exception {
        Map<String, Consumer> consumers = new HashMap<>();
        Map<String, Processor> routes = new HashMap<>();
        for (RouteDefinition definition : version.routes()) {
            String name = RulesVersion.base(RulesVersion.uri(definition));
            Consumer consumer = context.getRoute(definition.getRouteId()).getConsumer();
            consumers.put(name, consumer);
            routes.put(name, consumer.getProcessor());
        }
        first = new First(version, Map.copyOf(routes));
        for (Map.Entry<String, Consumer> consumer : consumers.entrySet()) {
            ServiceHelper.suspendService(consumer.getValue());
            open(consumer.getKey());
        }
    }

    private void open(String name) throws Exception {
        if (open.add(name)) {
            Consumer door = context.getEndpoint(name).createConsumer(exchange -> pass(name, exchange));
            ServiceHelper.startService(door);
        }
    }

    private void pass(String name, Exchange exchange) throws Exception {
        Route sender = ExchangeHelper.getRoute(exchange);
        boolean onFirst = sender != null && first.version().has(sender.getRouteId());
        Processor rules = (onFirst ? first.routes() : active).get(name);
        if (rules == null) {
            throw new IllegalStateException("The rules in force have no route that begins with '" + name + "'.");
        }
        rules.process(exchange);
    }
}
