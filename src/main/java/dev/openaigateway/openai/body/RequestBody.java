package dev.openaigateway.openai.body;

import dev.openaigateway.openai.Operation;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The body of a client's request: its original bytes and the fields that routing needs. Immutable. */
public interface RequestBody {

    /** The requested model, or null. */
    String model();

    /** Whether a stream is requested. */
    boolean stream();

    /** Whether the client requested the stream's usage. */
    boolean usageRequested();

    /** The original bytes; empty if the request has no body. */
    byte[] bytes();

    /** The bytes without what differs each time a client sends the same request, in pieces that have an array. */
    default List<ByteBuffer> content() {
        return List.of(ByteBuffer.wrap(bytes()));
    }

    /** The media type sent to the upstream; null if there is no body. */
    String mediaType();

    /**
     * The bytes for an upstream. Differs from {@link #bytes()} only in the model and the request for usage.
     *
     * @param upstreamModel the model's name at the upstream; null if the path contains it
     * @param requestUsage  whether to request the usage of a stream
     */
    byte[] forUpstream(String upstreamModel, boolean requestUsage);

    /** The text of a top-level member; empty if it is absent or not text. */
    Optional<String> text(String member);

    /** The HTTP method sent to the upstream. */
    default String method() {
        return "POST";
    }

    /** The path after the operation's path, starting with a slash; empty for most operations. */
    default String subPath() {
        return "";
    }

    /** The path at the upstream, below its version. */
    default String upstreamPath(Operation operation) {
        return operation.path() + subPath();
    }

    /** Whether the request is about an object of an earlier request, whose tokens were billed then. */
    default boolean isBilledBefore() {
        return false;
    }
}
