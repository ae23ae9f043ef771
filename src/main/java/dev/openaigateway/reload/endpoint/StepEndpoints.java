package dev.openaigateway.reload.endpoint;

import dev.openaigateway.recipient.OwnEndpoints;
import org.apache.camel.Endpoint;
import org.apache.camel.StatefulService;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The endpoints of one step that hold a bean of its version. No other step has them: Camel stops an endpoint as soon as the cache of one step
 * drops it, also if another step sends to it at this moment. Thread-safe.
 */
final class StepEndpoints implements OwnEndpoints {

    private static final Logger LOG = LoggerFactory.getLogger(StepEndpoints.class);
    /** As many as Camel keeps for a step. */
    private static final int MOST = 1_000;

    private final BeanEndpoints version;
    /** By URI. What a request has used last is kept longest: a client may choose a part of the URI. */
    private final Map<String, Endpoint> endpoints = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Endpoint> eldest) {
            return size() > MOST && release(eldest.getValue());
        }
    };
    /** Not kept here any more, and not stopped: a request may send to them, and the cache of the step may have them, which stops what it drops. */
    private final List<WeakReference<Endpoint>> released = new ArrayList<>();
    private boolean isEnded;

    StepEndpoints(BeanEndpoints version) {
        this.version = version;
    }

    @Override
    public boolean mayBeIn(String uri) {
        return version.mayBeIn(uri);
    }

    @Override
    public Optional<Endpoint> find(String uri) {
        try {
            return version.own(uri).map(this::get);
        } catch (RuntimeException reportedByCamel) {
            return Optional.empty();
        }
    }

    private synchronized Endpoint get(String uri) {
        Endpoint known = endpoints.get(uri);
        if (!isEnded && (known == null || isStopped(known))) {
            known = version.create(uri);
            endpoints.put(uri, known);
        }
        return known;
    }

    private static boolean isStopped(Endpoint endpoint) {
        return endpoint instanceof StatefulService service && service.isStopped();
    }

    private boolean release(Endpoint endpoint) {
        released.removeIf(each -> each.get() == null || isStopped(each.get()));
        return released.add(new WeakReference<>(endpoint));
    }

    synchronized void end() {
        isEnded = true;
        endpoints.values().forEach(StepEndpoints::stop);
        endpoints.clear();
        released.forEach(each -> stop(each.get()));
        released.clear();
    }

    private static void stop(Endpoint endpoint) {
        try {
            ServiceHelper.stopAndShutdownService(endpoint);
        } catch (RuntimeException e) {
            LOG.warn("The endpoint {} of rules did not stop: {}", endpoint, e.toString());
        }
    }
}
