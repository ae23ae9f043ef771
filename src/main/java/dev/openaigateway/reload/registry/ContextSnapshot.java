package dev.openaigateway.reload.registry;

import org.apache.camel.CamelContext;
import org.apache.camel.model.BeanFactoryDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.Registry;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The beans, route configurations and route templates of the context at one moment, so that they can be put back after a
 * version was refused. Not thread-safe.
 */
public final class ContextSnapshot {

    private final Registry registry;
    private final Optional<SharedRegistry> shared;
    private final List<SharedRegistry> registries;
    private final Model model;
    private final Map<String, Map<Class<?>, Object>> bound;
    private final List<BeanFactoryDefinition<?>> beans;
    private final List<RouteConfigurationDefinition> configurations;
    private final List<RouteTemplateDefinition> templates;
    private Set<String> hidden = Set.of();

    public ContextSnapshot(CamelContext context) {
        this.registry = context.getRegistry();
        this.model = context.getCamelContextExtension().getContextPlugin(Model.class);
        this.shared = SharedRegistry.of(context);
        this.registries = SharedRegistry.all(context);
        this.bound = shared.map(SharedRegistry::bound).orElse(Map.of());
        this.beans = new ArrayList<>(model.getCustomBeans());
        this.configurations = new ArrayList<>(model.getRouteConfigurationDefinitions());
        this.templates = new ArrayList<>(model.getRouteTemplateDefinitions());
    }

    /**
     * From now on, requests do not see the beans that this thread binds, and this thread does not see the beans that the version in use has bound.
     *
     * @param former the names of the beans that another version has bound
     */
    public void hide(Set<String> former) {
        hidden = Set.copyOf(former);
        registries.forEach(registry -> {
            registry.begin();
            former.forEach(registry::unbind);
        });
    }

    /** Shows the beans that were {@link #hide hidden} to all. Never throws. */
    public void show() {
        registries.forEach(SharedRegistry::publish);
    }

    /** Returns the beans that route files have bound since. */
    public List<BeanFactoryDefinition<?>> addedBeans() {
        List<BeanFactoryDefinition<?>> added = new ArrayList<>();
        for (BeanFactoryDefinition<?> bean : model.getCustomBeans()) {
            if (beans.stream().noneMatch(other -> other == bean)) {
                added.add(bean);
            }
        }
        return added;
    }

    /** Returns the names of the beans that route files have bound since. */
    public Set<String> added() {
        return addedBeans().stream().map(BeanFactoryDefinition::getName).collect(Collectors.toSet());
    }

    /** Returns the route configurations that were added since. */
    public List<RouteConfigurationDefinition> addedConfigurations() {
        List<RouteConfigurationDefinition> added = new ArrayList<>(model.getRouteConfigurationDefinitions());
        added.removeAll(configurations);
        return added;
    }

    /** Returns the route templates that were added since. */
    public List<RouteTemplateDefinition> addedTemplates() {
        List<RouteTemplateDefinition> added = new ArrayList<>(model.getRouteTemplateDefinitions());
        added.removeAll(templates);
        return added;
    }

    /** Puts everything back as it was. */
    public void restore() {
        Set<String> changed = new HashSet<>(hidden);
        changed.addAll(added());
        restore(changed);
        registries.forEach(SharedRegistry::discard);
        replace(model.getCustomBeans(), beans);
        replace(model.getRouteConfigurationDefinitions(), configurations);
        replace(model.getRouteTemplateDefinitions(), templates);
    }

    /** Puts these beans back as they were; removes those that did not exist. */
    public void restore(Set<String> names) {
        for (String name : names) {
            if (bound.containsKey(name)) {
                shared.get().prepareReturn(name, bound.get(name));
            }
            registry.unbind(name);
            model.getCustomBeans().removeIf(bean -> name.equals(bean.getName()));
        }
    }

    private static <T> void replace(List<T> list, List<T> before) {
        if (!list.equals(before)) {
            list.clear();
            list.addAll(before);
        }
    }
}
