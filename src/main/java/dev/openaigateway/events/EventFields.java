package dev.openaigateway.events;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The fields of an event, created on first access, so that a request does no work for sinks that are switched off. Reads are
 * thread-safe.
 */
final class EventFields extends AbstractMap<String, Object> {

    private final Supplier<Map<String, Object>> source;
    private Map<String, Object> fields;

    EventFields(Supplier<Map<String, Object>> source) {
        this.source = source;
    }

    private synchronized Map<String, Object> fields() {
        if (fields == null) {
            fields = source.get();
        }
        return fields;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return fields().entrySet();
    }

    @Override
    public Object get(Object name) {
        return fields().get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return fields().containsKey(name);
    }

    @Override
    public Object put(String name, Object value) {
        return fields().put(name, value);
    }
}
