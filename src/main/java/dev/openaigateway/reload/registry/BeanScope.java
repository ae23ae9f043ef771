package dev.openaigateway.reload.registry;

import org.apache.camel.CamelContext;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The beans of one version of the files. What a request of a replaced version makes finds these, and not those of the same names that the
 * registry has for the version in use. Thread-safe.
 */
public final class BeanScope {

    private final Set<String> names;
    private final Map<SharedRegistry, Map<String, Map<Class<?>, Object>>> beans = new LinkedHashMap<>();

    /** @param names the names of the beans, which this thread sees in the registry now */
    public BeanScope(CamelContext context, Set<String> names) {
        this.names = Set.copyOf(names);
        for (SharedRegistry registry : SharedRegistry.all(context)) {
            Map<String, Map<Class<?>, Object>> own = new HashMap<>(registry.bound());
            own.keySet().retainAll(names);
            beans.put(registry, own);
        }
    }

    public Set<String> names() {
        return names;
    }

    /** Returns what the action makes, which looks up the beans of the version. */
    public <T> T call(Supplier<T> action) {
        beans.forEach((registry, own) -> registry.enter(names, own));
        try {
            return action.get();
        } finally {
            beans.keySet().forEach(SharedRegistry::leave);
        }
    }
}
