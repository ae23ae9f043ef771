package dev.openaigateway.reload.live;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.impl.engine.DefaultRouteStartupOrder;
import org.apache.camel.support.LifecycleStrategySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Remembers the endpoints that Camel has created for versions of the live files, to remove them with the last version that uses them. */
final class EndpointJournal extends LifecycleStrategySupport {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointJournal.class);

    private final CamelContext context;
    private final Set<Endpoint> created = Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
    private volatile Thread recorded;

    private EndpointJournal(CamelContext context) {
        this.context = context;
    }

    static EndpointJournal install(CamelContext context) {
        EndpointJournal journal = new EndpointJournal(context);
        context.addLifecycleStrategy(journal);
        return journal;
    }

    /** Records the endpoints that this thread creates from now on. */
    void begin() {
        recorded = Thread.currentThread();
    }

    void end() {
        recorded = null;
    }

    @Override
    public void onEndpointAdd(Endpoint endpoint) {
        if (recorded == Thread.currentThread()) {
            created.add(endpoint);
        }
    }

    /** Removes the recorded endpoints that neither these versions nor the routes of the context use. */
    void sweep(List<LiveRoutes> versions) {
        if (created.isEmpty()) {
            return;
        }
        Set<Endpoint> used = new HashSet<>();
        versions.forEach(version -> used.addAll(version.endpoints()));
        context.getCamelContextExtension().getRouteStartupOrder().forEach(order ->
                used.addAll(((DefaultRouteStartupOrder) order).getRouteService().gatherEndpoints()));
        for (Endpoint endpoint : List.copyOf(created)) {
            if (!used.contains(endpoint)) {
                remove(endpoint);
            }
        }
    }

    private void remove(Endpoint endpoint) {
        created.remove(endpoint);
        try {
            context.removeEndpoint(endpoint);
        } catch (Exception e) {
            LOG.warn("The endpoint {} of replaced rules was not removed: {}", endpoint, e.toString());
        }
    }
}
