package dev.openaigateway.call;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** State that steps keep for a call, one object per type. Thread-safe. */
final class Attachments {

    private final Map<Class<?>, Object> byType = new HashMap<>(2);

    synchronized <T> T of(Class<T> type, Function<Call, T> create, Call call) {
        Object attachment = byType.get(type);
        if (attachment == null) {
            attachment = create.apply(call);
            byType.put(type, attachment);
        }
        return type.cast(attachment);
    }
}
