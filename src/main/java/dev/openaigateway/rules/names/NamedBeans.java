package dev.openaigateway.rules.names;

import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.SimpleRegistry;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A registry of Camel that lists the names of its beans and makes none of them: a bean that is made when it is looked up may fail then. */
public interface NamedBeans {

    /** The names of the beans that were bound as this type or one below it. */
    Set<String> namesOf(Class<?> type);

    /** The names of the beans of this type in any registry. */
    static Set<String> in(Registry registry, Class<?> type) {
        if (registry instanceof NamedBeans named) {
            return named.namesOf(type);
        }
        Set<String> names = new TreeSet<>();
        if (registry instanceof DefaultRegistry parent) {
            names.addAll(in(parent.getFallbackRegistry(), type));
            names.addAll(in(parent.getSupplierRegistry(), type));
            if (parent.getRepositories() != null) {
                parent.getRepositories().forEach(repository -> names.addAll(repository.findByTypeWithName(type).keySet()));
            }
        } else if (registry instanceof SimpleRegistry simple) {
            names.addAll(ofType(simple, type));
        } else if (registry != null) {
            names.addAll(registry.findByTypeWithName(type).keySet());
        }
        return names;
    }

    /**
     * The names of the beans of this type.
     *
     * @param bound beans, or what makes them, by the type as which they were bound, by name
     */
    static Set<String> ofType(Map<String, Map<Class<?>, Object>> bound, Class<?> type) {
        Set<String> names = new TreeSet<>();
        bound.forEach((name, byType) -> byType.forEach((as, bean) -> {
            if (type.isAssignableFrom(as) || type.isInstance(bean)) {
                names.add(name);
            }
        }));
        return names;
    }
}
