package dev.openaigateway.reload.live;

import dev.openaigateway.reload.endpoint.DirectTargets;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.log.root.GatewayLog;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The consumers of the endpoints that the live files' routes begin with. They are the same for all versions, so no message
 * is lost or taken twice when a version replaces another. Each forwards an exchange, in the same thread, to the active
 * version's route. An exchange that comes from a route of a replaced version stays with that version. Many threads may use
 * the entry points; only one at a time may switch them.
 */
final class EntryPoints {

    private static final Logger LOG = GatewayLog.LOG;

    private record Reachable(LiveRoutes routes, Set<Route> running, Map<String, AsyncProcessor> byUri) {
    }

    private final CamelContext context;
    private final Map<String, EntryPoint> entryPoints = new ConcurrentHashMap<>();
    private volatile Map<String, AsyncProcessor> active = Map.of();
    private volatile List<Reachable> reachable = List.of();

    EntryPoints(CamelContext context) {
        this.context = context;
        DirectTargets.install(context);
    }

    /** Returns the route that begins with this URI, for the exchange; null if there is none. */
    AsyncProcessor route(String uri, Exchange exchange) {
        List<Reachable> candidates = reachable;
        return (candidates.isEmpty() ? active : byUri(exchange, candidates)).get(uri);
    }

    private Map<String, AsyncProcessor> byUri(Exchange exchange, List<Reachable> candidates) {
        UnitOfWork unit = exchange.getUnitOfWork();
        Route route = unit == null ? null : unit.getRoute();
        for (Reachable former : candidates) {
            if (route != null && former.running.contains(route)) {
                return former.byUri;
            }
        }
        return active;
    }

    /**
     * Creates what is needed to send to this version, without sending to it yet.
     *
     * @throws Exception if a route begins with an endpoint that cannot be consumed from; then nothing was created
     */
    RouteInputs prepare(RoutesVersion version) throws Exception {
        Map<String, AsyncProcessor> byUri = new HashMap<>();
        Map<String, EntryPoint> added = new LinkedHashMap<>();
        try {
            for (Map.Entry<String, Endpoint> input : version.inputs().entrySet()) {
                ForeignCode.run(() -> prepare(input.getKey(), input.getValue(), byUri, added));
            }
        } catch (Exception e) {
            added.values().forEach(EntryPoint::end);
            ServiceHelper.stopService(byUri.values());
            throw e;
        }
        return new RouteInputs(Map.copyOf(byUri), added);
    }

    private void prepare(String uri, Endpoint input, Map<String, AsyncProcessor> byUri, Map<String, EntryPoint> added) throws Exception {
        AsyncProcessor producer = input.createAsyncProducer();
        byUri.put(uri, producer);
        ServiceHelper.startService(producer);
        if (!entryPoints.containsKey(uri)) {
            added.put(uri, new EntryPoint(this, uri).consumeFrom(context.getEndpoint(uri)));
        }
    }

    /**
     * Consumes from the endpoints that this version adds. What they take goes to its routes, which must be started.
     *
     * @throws Exception if a consumer does not start; then all have to be {@link #end ended}
     */
    void begin(RouteInputs next) throws Exception {
        for (Map.Entry<String, EntryPoint> added : next.added().entrySet()) {
            added.getValue().setSubstitute(next.byUri().get(added.getKey()));
            entryPoints.put(added.getKey(), added.getValue());
            ForeignCode.run(added.getValue()::begin);
        }
    }

    /** Consumes no longer from the endpoints that a version has added which was never switched to. */
    void end(RouteInputs refused) {
        refused.added().forEach((uri, entryPoint) -> {
            entryPoints.remove(uri);
            retire(uri, entryPoint);
        });
    }

    /** Sends exchanges to this version from now on, if it has begun. Never throws. */
    void switchTo(RouteInputs next) {
        // A consumer that has looked for a route in the version before may look for the substitute only after the switch, so there always is one.
        entryPoints.forEach((uri, entryPoint) -> entryPoint.setSubstitute(next.byUri().getOrDefault(uri, active.get(uri))));
        active = next.byUri();
    }

    /** Consumes no longer from the endpoints that no route of the active version begins with. */
    void retireUnused() {
        for (String uri : List.copyOf(entryPoints.keySet())) {
            if (!active.containsKey(uri) && !entryPoints.get(uri).isDirect()) {
                retire(uri, entryPoints.remove(uri));
            }
        }
    }

    private static void retire(String uri, EntryPoint entryPoint) {
        try {
            ForeignCode.run(entryPoint::retire);
        } catch (RuntimeException e) {
            LOG.warn("The consumer of '{}' of replaced or refused rules did not stop: {}", uri.replaceFirst("[?].*", ""), e.toString());
        }
    }

    /** Keeps a replaced version reachable for exchanges that are in its routes. */
    void keep(LiveRoutes former, RouteInputs inputs) {
        List<Reachable> kept = new ArrayList<>(reachable);
        kept.add(new Reachable(former, former.running(), inputs.byUri()));
        reachable = List.copyOf(kept);
    }

    void forget(LiveRoutes former) {
        reachable = reachable.stream().filter(kept -> kept.routes != former).toList();
    }

    /** Waits until all messages of queues have been processed, at most as long, also beside a switch. Then takes no more, and logs what it drops. */
    void drain(Duration longest) {
        long end = System.nanoTime() + longest.toNanos();
        entryPoints.values().forEach(entryPoint -> entryPoint.drain(end));
        // Once more, since a route may have sent to the queue of one that stands before it.
        entryPoints.values().forEach(entryPoint -> entryPoint.drain(end));
        entryPoints.forEach((uri, entryPoint) -> {
            int left = entryPoint.purge();
            if (left > 0) {
                LOG.warn("Queue '{}' had {} messages left when its time to drain ended; they are dropped", uri.replaceFirst("[?].*", ""), left);
            }
        });
    }
}
