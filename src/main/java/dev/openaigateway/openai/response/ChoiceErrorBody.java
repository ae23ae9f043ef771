package dev.openaigateway.openai.response;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.UpstreamError;

import java.nio.charset.StandardCharsets;

/** The error of a choice in the form of a response that failed. */
final class ChoiceErrorBody {

    private ChoiceErrorBody() {
    }

    /** The first error of a choice; if there is none, that of the response. */
    static UpstreamError read(byte[] json) {
        for (JsonNode choice : LooseJson.tree(json).path("choices")) {
            if (choice.hasNonNull(StreamEventReader.ERROR)) {
                JsonNode body = Json.MAPPER.createObjectNode().set(StreamEventReader.ERROR, choice.get(StreamEventReader.ERROR));
                return UpstreamError.read(body.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        return UpstreamError.read(json);
    }
}
