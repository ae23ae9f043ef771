package dev.openaigateway.rules;

import dev.openaigateway.problem.RootCause;
import dev.openaigateway.recipient.OwnComponents;
import dev.openaigateway.rules.language.SimpleExpressions;
import dev.openaigateway.rules.names.EndpointUri;
import dev.openaigateway.text.UriText;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.catalog.impl.DefaultRuntimeCamelCatalog;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.util.URISupport;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Knows the components on the class path and, by Camel's catalog, their options. Not thread-safe. */
final class ComponentCatalog {

    /** Names to suggest, if the component exists. Camel can look up one component, but cannot list all of them. */
    private static final List<String> USUAL = List.of("bean", "class", "direct", "file", "http", "https", "instance", "kafka", "log",
            "platform-http", "reject", "request", "seda", "sql", "upstream");

    private static final Set<String> WITHOUT_REQUIRED_OPTIONS = Set.of("bean", "direct", "http", "https", "log", "mock", "seda");

    private static final String OWN = "dev.openaigateway.";

    private final CamelContext context;
    private DefaultRuntimeCamelCatalog catalog;
    private final Map<String, Optional<Component>> existing = new HashMap<>();

    ComponentCatalog(CamelContext context) {
        this.context = context;
    }

    DefaultRuntimeCamelCatalog catalog() {
        if (catalog == null) {
            catalog = new DefaultRuntimeCamelCatalog();
            catalog.setCamelContext(context);
            catalog.start();
        }
        return catalog;
    }

    boolean exists(String scheme) {
        return component(scheme).isPresent();
    }

    /** The component; one that no route has used yet is not in the context, and is not added to it. */
    private Optional<Component> component(String scheme) {
        return existing.computeIfAbsent(scheme, this::resolve);
    }

    private Optional<Component> resolve(String scheme) {
        Component used = context.hasComponent(scheme);
        if (used != null) {
            return Optional.of(used);
        }
        try {
            Component found = context.getRegistry().lookupByNameAndType(scheme, Component.class);
            found = found == null ? PluginHelper.getComponentResolver(context).resolveComponent(scheme, context) : found;
            if (found != null && isOwn(found)) {
                found.setCamelContext(context);
            }
            return Optional.ofNullable(found);
        } catch (Exception e) {
            return Optional.empty();
        }
    }

    /** The names that a misspelt one may mean. */
    Collection<String> names() {
        TreeSet<String> names = new TreeSet<>(context.getComponentNames());
        USUAL.stream().filter(this::exists).forEach(names::add);
        return names;
    }

    /** The component's description in Camel's catalog; null if it has none. */
    ComponentModel model(String scheme) {
        return catalog().componentModel(scheme);
    }

    /**
     * The reason for which one of the gateway's own components refuses an endpoint; empty if it accepts it. It creates the endpoint, which has
     * no effect with these components, and forgets it. Beans of the files do not exist yet, so that expressions are checked elsewhere if they call some.
     */
    Optional<String> refusal(EndpointUri uri, Map<String, String> options) {
        Component component = component(uri.scheme()).orElse(null);
        if (!isOwn(component) || isDynamic(uri.scheme(), uri.text()) || options.values().stream().anyMatch(value -> isDynamic(uri.scheme(), value))) {
            return Optional.empty();
        }
        Map<String, Object> values = new LinkedHashMap<>(options);
        values.replaceAll((name, value) -> UriText.escaped(OwnComponents.evaluateOptions(uri.scheme()) ? SimpleExpressions.withoutBeans(value.toString()) : value.toString()));
        try {
            component.createEndpoint(values.isEmpty() ? uri.text() : uri.text() + "?" + URISupport.createQueryString(values));
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(RootCause.message(e));
        }
    }

    /** Whether the component has no required options. Known without the catalog, which takes time to read at the start. */
    boolean needsNoOptions(String scheme) {
        return WITHOUT_REQUIRED_OPTIONS.contains(scheme) || isOwn(component(scheme).orElse(null));
    }

    private static boolean isOwn(Component component) {
        return component != null && isOwn(component.getClass().getName());
    }

    /** Whether it is the name of a class of the gateway; null for none. */
    static boolean isOwn(String className) {
        return className != null && className.startsWith(OWN);
    }

    private static boolean isDynamic(String scheme, String value) {
        return value.contains("${") && !OwnComponents.evaluateOptions(scheme) || value.contains("{{");
    }
}
