package dev.openaigateway.reload.endpoint;

import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.processor.aggregate.AggregateProcessor;
import org.apache.camel.processor.aggregate.MemoryAggregationRepository;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.service.ServiceHelper;

import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts what the routes of one version still have to do: exchanges in a route, copies that a step has made, and incomplete groups of an {@code aggregate}. */
public final class HeldExchanges {

    private HeldExchanges() {
    }

    /** Returns the numbers by the ids of the routes, without routes that have none. */
    public static Map<String, Integer> byRoute(Collection<Route> routes) {
        Map<String, Integer> held = new TreeMap<>();
        for (Route route : routes) {
            int count = route.getEndpoint() instanceof VersionEndpoint entry ? entry.running().count() : 0;
            Set<Service> steps = Collections.newSetFromMap(new IdentityHashMap<>());
            route.getServices().forEach(service -> steps.addAll(ServiceHelper.getChildServices(service)));
            for (Service step : steps) {
                count += in(step);
            }
            if (count > 0) {
                held.put(route.getRouteId(), count);
            }
        }
        return held;
    }

    private static int in(Service step) {
        if (step instanceof AggregateProcessor aggregate) {
            // A store outside the process outlives the version: its groups go on in the next one.
            int groups = aggregate.getAggregationRepository() instanceof MemoryAggregationRepository groupsInMemory ? groupsInMemory.getKeys().size() : 0;
            return aggregate.getInProgressCompleteExchanges() + groups;
        }
        return step instanceof ShutdownAware holder ? holder.getPendingExchangesSize() : 0;
    }
}
