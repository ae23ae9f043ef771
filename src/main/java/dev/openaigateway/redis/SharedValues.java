package dev.openaigateway.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Texts with a lifetime on Redis, which all gateways share. None of the methods throws if Redis is unavailable. Thread-safe. */
public interface SharedValues {

    /** The values of those names that have one; empty if Redis is unavailable, or does not reply within its timeout. */
    Map<String, String> read(Collection<String> names);

    /**
     * Writes the value under all names that have none, or one that may be replaced. Does not wait. A write is lost if Redis is unavailable.
     *
     * @param mayReplace whether the value may take the place of another; called by a thread of Redis
     * @param stays      learns the name and the value of each that was not replaced; called by a thread of Redis
     */
    void write(String value, Map<String, Duration> lifetimeByName, Predicate<String> mayReplace, BiConsumer<String, String> stays);

    /** Removes a value. Does not wait. */
    void remove(String name);
}
