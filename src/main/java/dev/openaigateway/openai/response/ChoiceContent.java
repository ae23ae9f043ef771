package dev.openaigateway.openai.response;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.openai.LooseJson;

import java.util.Map;

/** The content of a whole completion. */
final class ChoiceContent {

    private ChoiceContent() {
    }

    /** Whether a choice has a text, or a member of its message that is content and is filled. */
    static boolean isIn(byte[] json) {
        boolean any = false;
        for (JsonNode choice : LooseJson.tree(json).path("choices")) {
            any |= isFilled(choice.path("text"));
            for (Map.Entry<String, JsonNode> member : choice.path("message").properties()) {
                any |= !StreamEventReader.BOOKKEEPING.contains(member.getKey()) && !member.getKey().equals(StreamEventReader.ERROR) && isFilled(member.getValue());
            }
        }
        return any;
    }

    private static boolean isFilled(JsonNode value) {
        return value.isTextual() ? !value.textValue().isBlank() : !value.isEmpty();
    }
}
