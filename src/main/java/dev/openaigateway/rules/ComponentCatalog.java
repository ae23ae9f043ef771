package dev.openaigateway.rules;

import dev.openaigateway.config.load.RootCause;
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

    /** Components whose options are texts with expressions, evaluated for each request. */
    private static final Set<String> TEXTS = Set.of("request", "reject");

    private static final String OWN = "dev.openaigateway.";

    private final CamelContext context;
    private DefaultRuntimeCamelCatalog catalog;
    private final Map<String, Boolean> existing = new HashMap<>();

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
        return existing.computeIfAbsent(scheme, this::resolve);
    }

    private boolean resolve(String scheme) {
        if (context.hasComponent(scheme) != null || context.getRegistry().lookupByNameAndType(scheme, Component.class) != null) {
            return true;
        }
        try {
            return PluginHelper.getComponentResolver(context).resolveComponent(scheme, context) != null;
        } catch (Exception e) {
            return false;
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
     * no effect with these components, and forgets it.
     */
    Optional<String> refusal(EndpointUri uri, Map<String, String> options) {
        Component component = context.hasComponent(uri.scheme());
        if (!isOwn(component) || isDynamic(uri.text())
                || options.values().stream().anyMatch(value -> isDynamic(value) && !(TEXTS.contains(uri.scheme()) && !value.contains("{{")))) {
            return Optional.empty();
        }
        try {
            component.createEndpoint(options.isEmpty() ? uri.text() : uri.text() + "?" + URISupport.createQueryString(new LinkedHashMap<>(options)));
            return Optional.empty();
        } catch (Exception e) {
            return Optional.of(RootCause.message(e));
        }
    }

    /** Whether the component has no required options. Known without the catalog, which takes time to read at the start. */
    boolean needsNoOptions(String scheme) {
        return WITHOUT_REQUIRED_OPTIONS.contains(scheme) || isOwn(context.hasComponent(scheme));
    }

    private static boolean isOwn(Component component) {
        return component != null && component.getClass().getName().startsWith(OWN);
    }

    private static boolean isDynamic(String value) {
        return value.contains("${") || value.contains("{{");
    }
}
