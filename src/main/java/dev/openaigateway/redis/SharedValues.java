package dev.openaigateway.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** Texts with a lifetime on Redis, which all gateways share. None of the methods throws if Redis is unavailable. Thread-safe. */
public interface SharedValues {

    /** The values of those names that have one; empty if Redis is unavailable, or does not reply within its timeout. */
    Map<String, String> read(Collection<String> names);

    /** Writes the value under all names, in one pipeline. Does not wait. A write is lost if Redis is unavailable. */
    void write(String value, Map<String, Duration> lifetimeByName);

    /** Removes a value. Does not wait. */
    void remove(String name);
}
