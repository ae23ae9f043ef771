package dev.openaigateway.app;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.impl.engine.RouteService;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.apache.camel.processor.idempotent.IdempotentConsumer;
import org.apache.camel.spi.AggregationRepository;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.apache.camel.support.service.ServiceHelper;

import java.util.HashSet;
import java.util.Set;

/**
 * Starts and stops the steps of a route in a check, since Camel finds some mistakes only then. What the steps send to is not started, and a route with
 * a step that may touch more than the memory of the process is left as it is: one of the user's own code, or with a store. Not thread-safe.
 */
final class TrialStart {

    private TrialStart() {
    }

    /** @throws Exception as Camel throws it if a step does not start */
    static void run(CamelContext context, Route route) throws Exception {
        RouteService service = new RouteService(route);
        try {
            service.setUp();
            Set<Service> steps = new HashSet<>();
            route.getServices().forEach(each -> steps.addAll(ServiceHelper.getChildServices(each)));
            if (steps.stream().allMatch(TrialStart::isInMemory)) {
                context.getEndpoints().forEach(TrialStart::holdProducers);
                service.warmUp();
            }
        } finally {
            service.stop();
        }
    }

    private static boolean isInMemory(Service step) {
        if (step instanceof AggregateProcessor aggregate) {
            AggregationRepository groups = aggregate.getAggregationRepository();
            return groups == null || groups instanceof MemoryAggregationRepository;
        }
        if (step instanceof IdempotentConsumer idempotent) {
            return idempotent.getIdempotentRepository() instanceof MemoryIdempotentRepository;
        }
        String type = step.getClass().getName();
        return type.startsWith("org.apache.camel.") || type.startsWith("dev.openaigateway.");
    }

    private static void holdProducers(Endpoint endpoint) {
        if (endpoint instanceof DefaultEndpoint held) {
            held.setLazyStartProducer(true);
        }
    }
}
