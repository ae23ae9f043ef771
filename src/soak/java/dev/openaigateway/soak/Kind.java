package dev.openaigateway.soak;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A kind of request in the mixed traffic, and the ends it may have. The upstream behaves according to the model. */
enum Kind {

    CHAT("gpt-4o", Set.of(200)),
    STREAM("gpt-4o", Set.of(200)),
    /** The client disconnects after the first bytes. */
    CANCELLED("gpt-4o", Set.of(200)),
    /** The upstream disconnects in the middle. */
    CUT("cut", Set.of(200)),
    /** One of the two instances fails. */
    FLAKY("flaky", Set.of(200)),
    /** Both instances fail. */
    FAILING("failing", Set.of(500, 502, 503)),
    /** The upstream refuses the request. */
    REFUSED("refused", Set.of(400)),
    INVALID("gpt-4o", Set.of(400)),
    UNKNOWN("no-such-model", Set.of(404)),
    WRONG_KEY("gpt-4o", Set.of(401)),
    EMBEDDINGS("embedding", Set.of(200)),
    LARGE("gpt-4o", Set.of(200)),
    /** Of the client with a token limit, which is in Redis. */
    LIMITED("limited", Set.of(200, 429, 503)),
    /** A prompt of the flood: more than fit into the heap are sent at once. */
    FLOOD("slow", Set.of(200));

    private static final Map<Kind, byte[]> BODIES = Stream.of(values()).collect(
            Collectors.toMap(kind -> kind, kind -> kind.text().getBytes(StandardCharsets.US_ASCII)));
    private static final int LARGE_BYTES = 300_000;
    private static final int FLOOD_BYTES = 1_400_000;

    private final String model;
    private final Set<Integer> statuses;

    Kind(String model, Set<Integer> statuses) {
        this.model = model;
        this.statuses = statuses;
    }

    byte[] body() {
        return BODIES.get(this);
    }

    String path() {
        return this == EMBEDDINGS ? "/v1/embeddings" : "/v1/chat/completions";
    }

    String key() {
        return switch (this) {
            case LIMITED -> SoakGateway.LIMITED_KEY;
            case WRONG_KEY -> "wrong-key-0123456789";
            default -> SoakGateway.KEY;
        };
    }

    boolean streams() {
        return this == STREAM || this == CANCELLED || this == CUT;
    }

    /** @param flooded whether the request ran beside the flood, when memory may be short */
    boolean allows(int status, boolean flooded) {
        return statuses.contains(status) || flooded && status == 503;
    }

    private String text() {
        int size = switch (this) {
            case LARGE -> LARGE_BYTES;
            case FLOOD -> FLOOD_BYTES;
            default -> 80;
        };
        String prompt = "lorem ipsum dolor sit amet ".repeat(size / 27);
        return switch (this) {
            case INVALID -> "{\"model\": \"gpt-4o\", \"messages\": [";
            case EMBEDDINGS -> "{\"model\":\"" + model + "\",\"input\":\"" + prompt + "\"}";
            default -> "{\"model\":\"" + model + "\"" + (streams() ? ",\"stream\":true" : "")
                    + ",\"max_tokens\":200,\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}";
        };
    }
}
