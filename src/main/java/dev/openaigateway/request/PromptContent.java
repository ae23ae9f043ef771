package dev.openaigateway.request;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.openaigateway.call.Call;

import java.io.IOException;
import java.util.Set;

/** Counts parts of a request's content. A form, and a request about a stored object, count as empty. */
final class PromptContent {

    private static final JsonFactory JSON = new JsonFactory();
    private static final Set<String> TOOLS = Set.of("tools", "functions");
    private static final Set<String> PROMPTS = Set.of("messages", "input");
    private static final Set<String> IMAGES = Set.of("image_url", "input_image");

    private PromptContent() {
    }

    static long tools(Call call) {
        return count(call, TOOLS, PromptContent::elements);
    }

    static long images(Call call) {
        return count(call, PROMPTS, PromptContent::imageParts);
    }

    private interface Counter {

        /** Counts in the value at which the parser is, and moves the parser to its end. */
        long count(JsonParser parser) throws IOException;
    }

    private static long count(Call call, Set<String> members, Counter counter) {
        long found = 0;
        try (JsonParser parser = JSON.createParser(call.received().body().bytes())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean counts = members.contains(parser.currentName());
                parser.nextToken();
                if (counts) {
                    found += counter.count(parser);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            return 0;
        }
        return found;
    }

    private static long elements(JsonParser parser) throws IOException {
        long found = 0;
        while (parser.isExpectedStartArrayToken() || found > 0) {
            if (parser.nextToken() == JsonToken.END_ARRAY) {
                return found;
            }
            found++;
            parser.skipChildren();
        }
        parser.skipChildren();
        return 0;
    }

    /** Parts whose {@code type} is that of an image, at any depth. */
    private static long imageParts(JsonParser parser) throws IOException {
        if (!parser.currentToken().isStructStart()) {
            return 0;
        }
        long found = 0;
        int depth = 1;
        while (depth > 0) {
            JsonToken token = parser.nextToken();
            if (token == null) {
                return found;
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token == JsonToken.VALUE_STRING && "type".equals(parser.currentName()) && IMAGES.contains(parser.getText())) {
                found++;
            }
        }
        return found;
    }
}
