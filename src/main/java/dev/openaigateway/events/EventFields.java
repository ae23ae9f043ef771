package dev.openaigateway.events;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The fields of an event, made when a route first looks at them: where no sink is on, none does. */
final class EventFields extends AbstractMap<String, Object> {

    private final Supplier<Map<String, Object>> make;
    private Map<String, Object> made;

    EventFields(Supplier<Map<String, Object>> make) {
        this.make = make;
    }

    private synchronized Map<String, Object> made() {
        if (made == null) {
            made = make.get();
        }
        return made;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return made().entrySet();
    }

    @Override
    public Object get(Object name) {
        return made().get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return made().containsKey(name);
    }

    @Override
    public Object put(String name, Object value) {
        return made().put(name, value);
    }
}
