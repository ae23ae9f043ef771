package dev.openaigateway.security;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Headers of a test request, found in any case. */
public final class Headers {

    static final NamedHeaders NONE = of();

    private Headers() {
    }

    public static NamedHeaders of(String... namesAndValues) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            headers.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new NamedHeaders() {
            @Override
            public String value(String name) {
                return headers.get(name);
            }

            @Override
            public Collection<String> names() {
                return headers.keySet();
            }
        };
    }
}
