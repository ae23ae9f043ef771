package dev.openaigateway.call;

/** The instance that serves each session. A binding that is not used for an hour expires. Thread-safe. */
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
