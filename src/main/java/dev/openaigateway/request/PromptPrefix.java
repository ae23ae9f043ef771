package dev.openaigateway.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.openai.body.JsonBody;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The beginning of a prompt that upstreams keep in their caches. */
public final class PromptPrefix {

    /** Upstreams cache from about 1,024 tokens on. */
    private static final int SHORTEST = 4 * 1024;
    private static final int LONGEST = 4 * 2048;
    private static final Set<String> SYSTEM = Set.of("system", "developer");

    private PromptPrefix() {
    }

    /**
     * The instructions and tools of the request and the first of its messages, as one text of at most 8,192 characters; members in
     * alphabetical order. Null if the prompt is shorter than 4,096 characters, or the request has none.
     */
    public static String of(ModelRequest request) {
        if (!(request.body() instanceof JsonBody body) || body.bytes().length < SHORTEST) {
            return null;
        }
        try {
            StringBuilder text = new StringBuilder();
            for (JsonNode part : parts(Json.MAPPER.readTree(body.bytes()))) {
                text.append(Json.MAPPER.writeValueAsString(Json.MAPPER.treeToValue(part, Object.class)));
                if (text.length() >= LONGEST) {
                    break;
                }
            }
            return text.length() < SHORTEST ? null : text.substring(0, Math.min(LONGEST, text.length()));
        } catch (IOException e) {
            return null;
        }
    }

    private static List<JsonNode> parts(JsonNode root) {
        List<JsonNode> parts = new ArrayList<>(List.of(root.path("instructions"), root.path("tools")));
        JsonNode messages = root.has("messages") ? root.path("messages") : root.path("input");
        messages.forEach(message -> {
            if (SYSTEM.contains(message.path("role").asText())) {
                parts.add(message);
            }
        });
        (messages.isTextual() ? List.of(messages) : messages).forEach(message -> {
            if (!SYSTEM.contains(message.path("role").asText()) && !message.has("encrypted_content")) {
                parts.add(message);
            }
        });
        parts.removeIf(part -> part.isMissingNode() || part.isNull());
        return parts;
    }

    /** Created on first use, to keep it out of the start-up time (benchmark row "start to first response"). */
    private static final class Json {

        static final ObjectMapper MAPPER = new ObjectMapper().configure(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, true);
    }
}
