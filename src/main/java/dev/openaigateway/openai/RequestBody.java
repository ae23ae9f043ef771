package dev.openaigateway.openai;

import java.util.Optional;

/** The body of a client's request: the bytes as they came, and the fields that routing needs. */
public interface RequestBody {

    /** The model it names, or null. */
    String model();

    /** Whether a stream is asked for. */
    boolean stream();

    /** Whether the stream's usage is asked for. */
    boolean usageRequested();

    /** Its bytes as they came; empty where the request has no body. */
    byte[] bytes();

    /** The media type under which it goes out; null where there is no body. */
    String mediaType();

    /**
     * The bytes for an upstream: only what must change is changed.
     *
     * @param upstreamModel the model's name there; null where the path tells it
     * @param requestUsage  whether a stream is to report its usage
     */
    byte[] forUpstream(String upstreamModel, boolean requestUsage);

    /** The text of a member at the top, for what few operations ask. */
    Optional<String> text(String member);

    /** The HTTP method under which it goes out. */
    default String method() {
        return "POST";
    }

    /** What follows the operation's path, from its slash on; empty for most. */
    default String subPath() {
        return "";
    }

    /** Whether it is about an object of an earlier request, whose tokens were billed then. */
    default boolean isBilledBefore() {
        return false;
    }

    /** The query that goes out with it; empty for most. */
    default String query() {
        return "";
    }
}
