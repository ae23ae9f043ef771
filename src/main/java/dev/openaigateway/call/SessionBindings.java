package dev.openaigateway.call;

/** Which instance serves which session. What is not used for an hour is forgotten. Thread-safe. */
public interface SessionBindings {

    /**
     * The name of the instance; null if none is known.
     *
     * @param key the session, in one or more parts
     */
    String instance(String... key);

    /** Binds the session to the instance, or keeps it bound. Does not block. */
    void bind(String instance, String... key);
}
