package dev.openaigateway.routing.policy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys of the policy {@link Sticky} that are bound to another instance than the first of their order, since that one
 * failed. A binding ends after {@link #LIFETIME}. Keeps the {@value #MAX_ENTRIES} most recently used ones, in this process
 * only. Thread-safe.
 */
final class StickyBindings {

    /** The name of the bean that all sticky policies share, so that bindings outlive a reload of the rules. */
    static final String BEAN = "stickyBindings";
    static final Duration LIFETIME = Duration.ofHours(1);

    private static final int MAX_ENTRIES = 50_000;

    private record Binding(String instance, long untilMillis) {
    }

    private final InstantSource clock;
    private final Map<Long, Binding> bindings = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Binding> eldest) {
            return size() > MAX_ENTRIES;
        }
    };

    StickyBindings(InstantSource clock) {
        this.clock = clock;
    }

    /** The name of the instance that the key is bound to; null if it is not bound. */
    synchronized String instance(long key) {
        Binding binding = bindings.get(key);
        if (binding != null && binding.untilMillis() <= clock.millis()) {
            bindings.remove(key);
            return null;
        }
        return binding == null ? null : binding.instance();
    }

    /** Binds the key. If it is bound to the instance already, the binding does not get longer. */
    synchronized void bind(long key, String instance) {
        if (!instance.equals(instance(key))) {
            bindings.put(key, new Binding(instance, clock.millis() + LIFETIME.toMillis()));
        }
    }

    synchronized void release(long key) {
        bindings.remove(key);
    }
}
