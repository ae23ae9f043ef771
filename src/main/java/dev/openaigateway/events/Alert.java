package dev.openaigateway.events;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A condition that an operator should know about.
 *
 * @param instance name of the instance; null if the alert is not about an instance
 * @param message  one sentence, without secrets
 */
public record Alert(Instant time, Kind kind, String instance, String message) {

    public enum Kind {
        BREAKER_OPENED, BREAKER_CLOSED, INSTANCE_BENCHED, BAD_INSTANCE_KEY, UNKNOWN_DEPLOYMENT, ALL_INSTANCES_OUT, RULE_FAILED, RELOAD_FAILED,
        REDIS_LOST, REDIS_BACK, INSTANCE_DOWN, INSTANCE_BACK, ADMIN_CHANGE, CLIENT_KEY_EXPIRES
    }

    /** Text by field name, for JSON and for SQL parameters; absent values are null. */
    public Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("time", time.toString());
        fields.put("kind", kind.name().toLowerCase(Locale.ROOT));
        fields.put("instance", instance);
        fields.put("message", message);
        return fields;
    }
}
