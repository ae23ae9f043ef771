package dev.openaigateway.ratelimit;

import com.fasterxml.jackson.annotation.JsonValue;

import java.util.Locale;

/**
 * What a limit counts, and of which requests. Immutable.
 *
 * @param name  of the client or the instance; {@code gateway} for that of all. The name of an instance has no colon
 * @param model the model at the instance that it limits; null for all
 * @param unit  counted per minute
 */
public record LimitScope(Kind kind, String name, String model, Unit unit) {

    /** The tokens of all clients and instances. */
    public static final LimitScope GATEWAY = new LimitScope(Kind.GATEWAY, "gateway", null, Unit.TOKENS);

    /** What has the limit. */
    public enum Kind {
        GATEWAY, CLIENT, INSTANCE,
        /** A model at an instance. */
        MODEL;

        /** As documents and meters show it. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a limit counts. */
    public enum Unit {
        TOKENS, REQUESTS;

        /** As documents and meters show it. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static LimitScope client(String name, Unit unit) {
        return new LimitScope(Kind.CLIENT, name, null, unit);
    }

    /** @param model null for all models of the instance */
    public static LimitScope instance(String name, String model, Unit unit) {
        return new LimitScope(model == null ? Kind.INSTANCE : Kind.MODEL, name, model, unit);
    }

    /** The name, with that of the model if it limits one. */
    public String fullName() {
        return model == null ? name : name + "/" + model;
    }

    /** Names its window in memory and on Redis. Gateways of several versions share the windows there, so it must not change. */
    public String key() {
        return switch (kind) {
            case GATEWAY -> name;
            case CLIENT -> (unit == Unit.REQUESTS ? "client-requests:" : "client:") + name;
            case INSTANCE -> prefix() + "instance:" + name;
            case MODEL -> prefix() + "model:" + name + ":" + model;
        };
    }

    private String prefix() {
        return unit == Unit.REQUESTS ? "requests:" : "";
    }
}
