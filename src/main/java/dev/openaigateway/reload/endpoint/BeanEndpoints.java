package dev.openaigateway.reload.endpoint;

import dev.openaigateway.recipient.OwnEndpoints;
import dev.openaigateway.reload.registry.BeanScope;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The endpoints of one version that name a bean of its files. Such an endpoint holds the bean, so that another version, which has a bean of its own
 * under this name, must not get it from the context. Thread-safe.
 */
public final class BeanEndpoints implements OwnEndpoints {

    private static final Logger LOG = LoggerFactory.getLogger(BeanEndpoints.class);
    /** As many as Camel keeps. As there, an endpoint that is not kept is stopped: it may hold connections. */
    private static final int MOST = 1_000;
    private static final Pattern NO_BEAN = Pattern.compile("(?!)");
    /** Their routes begin with an endpoint of this URI in any version, and find the queue or the route by its name. */
    private static final Pattern SHARED = Pattern.compile("\\s*(direct|seda):");

    private final CamelContext context;
    private final BeanScope scope;
    private final Pattern named;
    /** By URI. What a request has made last is kept longest: a client may choose a part of the URI. */
    private final Map<String, Endpoint> endpoints = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Endpoint> eldest) {
            boolean tooMany = size() > MOST;
            if (tooMany) {
                stop(eldest.getValue());
            }
            return tooMany;
        }
    };
    private boolean isEnded;

    /** @param scope the beans of the version */
    public BeanEndpoints(CamelContext context, BeanScope scope) {
        this.context = context;
        this.scope = scope;
        Set<String> beans = scope.names();
        this.named = beans.isEmpty() ? NO_BEAN : Pattern.compile("(#|%23|(\\b|%7B)(bean|ref|jdbc|spring-jdbc|dataset)(:|%3A)/{0,2})(bean(:|%3A))?("
                + beans.stream().map(Pattern::quote).collect(Collectors.joining("|")) + ")(?![\\w-])|#type:|#autowired");
    }

    @Override
    public boolean mayExist() {
        return named != NO_BEAN;
    }

    @Override
    public boolean mayBeIn(String uri) {
        return mayExist() && (named.matcher(uri).find() || uri.contains("{{"));
    }

    @Override
    public Optional<Endpoint> find(String uri) {
        try {
            String resolved = mayBeIn(uri) ? EndpointHelper.resolveEndpointUriPropertyPlaceholders(context, uri) : "";
            return named.matcher(resolved).find() && !SHARED.matcher(resolved).lookingAt()
                    ? Optional.ofNullable(get(EndpointHelper.normalizeEndpointUri(resolved))) : Optional.empty();
        } catch (RuntimeException reportedByCamel) {
            return Optional.empty();
        }
    }

    private synchronized Endpoint get(String uri) {
        Endpoint known = endpoints.get(uri);
        if (known == null && !isEnded) {
            known = scope.call(() -> context.getCamelContextExtension().getPrototypeEndpoint(uri));
            endpoints.put(uri, known);
        }
        return known;
    }

    /** Stops the endpoints, before the beans end. Does nothing if it was called before. */
    public synchronized void end() {
        isEnded = true;
        endpoints.values().forEach(BeanEndpoints::stop);
        endpoints.clear();
    }

    private static void stop(Endpoint endpoint) {
        try {
            ServiceHelper.stopAndShutdownService(endpoint);
        } catch (RuntimeException e) {
            LOG.warn("The endpoint {} of rules did not stop: {}", endpoint, e.toString());
        }
    }
}
