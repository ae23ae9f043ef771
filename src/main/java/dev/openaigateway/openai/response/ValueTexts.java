package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.Set;
import java.util.function.Consumer;

/** The texts in an object or list, such as tool calls. */
public final class ValueTexts {

    private static final Set<String> TEXTS = Set.of("content", "text", "refusal", "transcript", "name", "arguments", "input");

    private ValueTexts() {
    }

    /**
     * Reads the parser's current value to its end.
     *
     * @param texts null if they are not counted
     * @return whether the value is neither null nor empty
     */
    static boolean read(JsonParser parser, JsonToken value, Consumer<String> texts) throws IOException {
        int depth = value.isStructStart() ? 1 : 0;
        boolean any = depth == 0 && value != JsonToken.VALUE_NULL;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token.isStructStart()) {
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
            } else if (token == JsonToken.VALUE_STRING && texts != null && contain(parser.currentName())) {
                texts.accept(parser.getText());
            }
            any |= depth > 0;
        }
        return any;
    }

    /** Whether members of this name have a text. */
    public static boolean contain(String name) {
        return name != null && TEXTS.contains(name);
    }
}
