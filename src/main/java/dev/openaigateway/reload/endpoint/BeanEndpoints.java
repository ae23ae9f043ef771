package dev.openaigateway.reload.endpoint;

import dev.openaigateway.recipient.OwnEndpoints;
import dev.openaigateway.reload.registry.BeanScope;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.support.EndpointHelper;

import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The endpoints of one version that name a bean of its files. Such an endpoint holds the bean, so that another version, which has a bean of its own
 * under this name, must not get it from the context. Thread-safe.
 */
public final class BeanEndpoints {

    private static final Pattern NO_BEAN = Pattern.compile("(?!)");
    /** Their routes begin with an endpoint of this URI in any version, and find the queue or the route by its name. */
    private static final Pattern SHARED = Pattern.compile("\\s*(direct|seda):");

    private final CamelContext context;
    private final BeanScope scope;
    private final Pattern named;
    private final Queue<StepEndpoints> steps = new ConcurrentLinkedQueue<>();

    /** @param scope the beans of the version */
    public BeanEndpoints(CamelContext context, BeanScope scope) {
        this.context = context;
        this.scope = scope;
        Set<String> beans = scope.names();
        this.named = beans.isEmpty() ? NO_BEAN : Pattern.compile("(#|%23|(\\b|%7B)(bean|ref|jdbc|spring-jdbc|dataset)(:|%3A)/{0,2})(bean(:|%3A))?("
                + beans.stream().map(Pattern::quote).collect(Collectors.joining("|")) + ")(?![\\w-])|#type:|#autowired");
    }

    /** Returns those of one more step; empty if there are no beans. */
    public Optional<OwnEndpoints> ofStep() {
        if (named == NO_BEAN) {
            return Optional.empty();
        }
        StepEndpoints step = new StepEndpoints(this);
        steps.add(step);
        return Optional.of(step);
    }

    boolean mayBeIn(String uri) {
        return named.matcher(uri).find() || uri.contains("{{");
    }

    /** Returns the URI as Camel normalizes it if it names a bean of the version. */
    Optional<String> own(String uri) {
        String resolved = mayBeIn(uri) ? EndpointHelper.resolveEndpointUriPropertyPlaceholders(context, uri) : "";
        return named.matcher(resolved).find() && !SHARED.matcher(resolved).lookingAt()
                ? Optional.of(EndpointHelper.normalizeEndpointUri(resolved)) : Optional.empty();
    }

    Endpoint create(String uri) {
        return scope.call(() -> context.getCamelContextExtension().getPrototypeEndpoint(uri));
    }

    /** Stops the endpoints, before the beans end. Does nothing if it was called before. */
    public void end() {
        steps.forEach(StepEndpoints::end);
    }
}
