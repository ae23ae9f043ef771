package dev.openaigateway.openai.passed;

import com.fasterxml.jackson.core.JsonParser;
import dev.openaigateway.openai.Json;

import java.io.IOException;

/** The memory of a tree of JSON. It depends on the number of values: a list of short numbers takes ten times its bytes. */
public final class TreeSize {

    /** Bytes for a brace, a name or a value, beside its text. */
    private static final long PER_TOKEN = 80;

    private TreeSize() {
    }

    /** Bytes that the tree takes at most, apart from its texts; of what is valid, if the JSON is not. */
    public static long of(byte[] json) {
        long tokens = 0;
        try (JsonParser parser = Json.MAPPER.createParser(json)) {
            while (parser.nextToken() != null) {
                tokens++;
            }
        } catch (IOException notJson) {
            return tokens * PER_TOKEN;
        }
        return tokens * PER_TOKEN;
    }
}
