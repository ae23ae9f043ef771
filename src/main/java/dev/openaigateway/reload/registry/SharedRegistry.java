package dev.openaigateway.reload.registry;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.SimpleRegistry;
import org.apache.camel.support.SupplierRegistry;

import java.io.Closeable;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Beans that requests look up while a reload or a validation binds others. Camel's own maps are not safe for that: a script
 * of a rule that searches them at this moment fails. Here each change makes a copy, which readers see whole. Thread-safe.
 */
public final class SharedRegistry implements Registry, Closeable {

    private final Supplier<? extends SimpleRegistry> empty;
    private final Map<String, Map<Class<?>, Object>> successors = new HashMap<>();
    /** Never changed, and neither are the maps in it. */
    private volatile SimpleRegistry beans;

    SharedRegistry(SimpleRegistry first, Supplier<? extends SimpleRegistry> empty) {
        this.empty = empty;
        this.beans = first;
    }

    /** Lets a context of Camel's Main or its CLI keep its beans here. To be called before the context starts. */
    public static void install(CamelContext context) {
        if (context.getRegistry() instanceof DefaultRegistry parent) {
            if (parent.getFallbackRegistry() instanceof SimpleRegistry simple) {
                parent.setFallbackRegistry(new SharedRegistry(simple, SimpleRegistry::new));
            }
            if (parent.getSupplierRegistry() instanceof SimpleRegistry suppliers) {
                parent.setSupplierRegistry(new SharedRegistry(suppliers, SupplierRegistry::new));
            }
        }
    }

    /** The beans of this context; empty if its beans are kept elsewhere, as by a framework that runs Camel. */
    static Optional<SharedRegistry> of(CamelContext context) {
        return context.getRegistry() instanceof DefaultRegistry parent && parent.getFallbackRegistry() instanceof SharedRegistry shared
                ? Optional.of(shared) : Optional.empty();
    }

    /** All beans of this moment by name. Not to be changed. */
    Map<String, Map<Class<?>, Object>> bound() {
        return beans;
    }

    /** Binds what was {@link #bound() bound} under this name. */
    void put(String name, Map<Class<?>, Object> bound) {
        change(name, copy -> copy.put(name, bound));
    }

    /** Lets the next {@link #unbind} of this name bring back what was bound earlier, in one step: requests find either bean. */
    synchronized void prepareReturn(String name, Map<Class<?>, Object> bound) {
        successors.put(name, bound);
    }

    private synchronized void change(String name, Consumer<SimpleRegistry> change) {
        SimpleRegistry copy = empty.get();
        copy.putAll(beans);
        copy.computeIfPresent(name, (same, byType) -> new LinkedHashMap<>(byType));
        change.accept(copy);
        beans = copy;
    }

    @Override
    public void bind(String id, Class<?> type, Object bean) {
        change(id, copy -> copy.bind(id, type, bean));
    }

    @Override
    public void bind(String id, Class<?> type, Object bean, String initMethod, String destroyMethod) {
        change(id, copy -> copy.bind(id, type, bean, initMethod, destroyMethod));
    }

    @Override
    public void bind(String id, Class<?> type, Supplier<Object> bean) {
        change(id, copy -> copy.bind(id, type, bean));
    }

    @Override
    public void bind(String id, Class<?> type, Supplier<Object> bean, String initMethod, String destroyMethod) {
        change(id, copy -> copy.bind(id, type, bean, initMethod, destroyMethod));
    }

    @Override
    public void bindAsPrototype(String id, Class<?> type, Supplier<Object> bean) {
        change(id, copy -> copy.bindAsPrototype(id, type, bean));
    }

    @Override
    public synchronized void unbind(String id) {
        Map<Class<?>, Object> successor = successors.remove(id);
        change(id, copy -> {
            if (successor == null) {
                copy.unbind(id);
            } else {
                copy.put(id, successor);
            }
        });
    }

    @Override
    public Object lookupByName(String name) {
        return beans.lookupByName(name);
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        return beans.lookupByNameAndType(name, type);
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return beans.findByTypeWithName(type);
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return beans.findByType(type);
    }

    @Override
    public synchronized void close() {
        beans = empty.get();
    }
}
