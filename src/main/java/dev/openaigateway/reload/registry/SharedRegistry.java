package dev.openaigateway.reload.registry;

import dev.openaigateway.rules.names.NamedBeans;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultRegistry;
import org.apache.camel.support.SimpleRegistry;
import org.apache.camel.support.SupplierRegistry;

import java.io.Closeable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Beans that requests look up while a reload or a validation binds others. Camel's own maps are not safe for that: a script
 * of a rule that searches them at this moment fails. Here each change makes a copy, which readers see whole. A thread that reads
 * another version keeps what it binds to itself, until the version becomes active. Thread-safe.
 */
public final class SharedRegistry implements Registry, NamedBeans, Closeable {

    /** What one thread has bound, and sees in place of the beans of all. Written under the monitor. */
    private static final class Draft {

        private final Thread owner = Thread.currentThread();
        private final Set<String> changed = new HashSet<>();
        private volatile SimpleRegistry beans;
    }

    private final Supplier<? extends SimpleRegistry> empty;
    private final Map<String, Map<Class<?>, Object>> successors = new HashMap<>();
    /** Never changed, and neither are the maps in it. */
    private volatile SimpleRegistry beans;
    /** Null if there is none. */
    private volatile Draft draft;
    /** Makes what a thread sees of all beans. */
    private final ThreadLocal<UnaryOperator<SimpleRegistry>> scope = new ThreadLocal<>();

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

    /** Where this context keeps its beans and the suppliers of beans; empty if that is elsewhere. */
    static List<SharedRegistry> all(CamelContext context) {
        return context.getRegistry() instanceof DefaultRegistry parent ? Stream.of(parent.getFallbackRegistry(), parent.getSupplierRegistry())
                .filter(SharedRegistry.class::isInstance).map(SharedRegistry.class::cast).toList() : List.of();
    }

    /** Keeps what this thread changes from now on to this thread, in place of what another one may have kept. */
    synchronized void begin() {
        Draft begun = new Draft();
        begun.beans = beans;
        draft = begun;
    }

    /** Shows all threads, in one step, what was changed since {@link #begin}. Does nothing without it. */
    synchronized void publish() {
        Draft finished = draft;
        if (finished != null) {
            SimpleRegistry copy = copy(beans);
            for (String name : finished.changed) {
                Map<Class<?>, Object> bound = finished.beans.get(name);
                if (bound == null) {
                    copy.remove(name);
                } else {
                    copy.put(name, bound);
                }
            }
            beans = copy;
            draft = null;
        }
    }

    /** Forgets what was changed since {@link #begin} and not published. */
    synchronized void discard() {
        draft = null;
    }

    private boolean isOwn(Draft current) {
        return current != null && current.owner == Thread.currentThread();
    }

    private SimpleRegistry visible() {
        Draft current = draft;
        SimpleRegistry all = isOwn(current) ? current.beans : beans;
        UnaryOperator<SimpleRegistry> seen = scope.get();
        return seen == null ? all : seen.apply(all);
    }

    /** Shows this thread other beans of these names, until it {@link #leave leaves}. */
    void enter(Set<String> names, Map<String, Map<Class<?>, Object>> own) {
        scope.set(all -> {
            SimpleRegistry seen = copy(all);
            seen.keySet().removeAll(names);
            seen.putAll(own);
            return seen;
        });
    }

    void leave() {
        scope.remove();
    }

    /** All beans of this moment by name, as this thread sees them. Not to be changed. */
    Map<String, Map<Class<?>, Object>> bound() {
        return visible();
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
        Draft current = draft;
        if (isOwn(current)) {
            current.changed.add(name);
            current.beans = changed(current.beans, name, change);
            return;
        }
        beans = changed(beans, name, change);
        if (current != null && !current.changed.contains(name)) {
            current.beans = changed(current.beans, name, change);
        }
    }

    private SimpleRegistry changed(SimpleRegistry before, String name, Consumer<SimpleRegistry> change) {
        SimpleRegistry copy = copy(before);
        copy.computeIfPresent(name, (same, byType) -> new LinkedHashMap<>(byType));
        change.accept(copy);
        return copy;
    }

    private SimpleRegistry copy(SimpleRegistry before) {
        SimpleRegistry copy = empty.get();
        copy.putAll(before);
        return copy;
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
        return visible().lookupByName(name);
    }

    @Override
    public <T> T lookupByNameAndType(String name, Class<T> type) {
        return visible().lookupByNameAndType(name, type);
    }

    @Override
    public <T> Map<String, T> findByTypeWithName(Class<T> type) {
        return visible().findByTypeWithName(type);
    }

    @Override
    public <T> Set<T> findByType(Class<T> type) {
        return visible().findByType(type);
    }

    @Override
    public Set<String> namesOf(Class<?> type) {
        return NamedBeans.ofType(bound(), type);
    }

    @Override
    public synchronized void close() {
        beans = empty.get();
    }
}
