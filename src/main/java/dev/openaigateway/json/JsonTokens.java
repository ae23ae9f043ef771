package dev.openaigateway.json;

import com.fasterxml.jackson.core.JsonParser;

import java.io.IOException;

/** Where the current token of Jackson's parser is in the bytes that it reads. */
public final class JsonTokens {

    private JsonTokens() {
    }

    public static int start(JsonParser parser) {
        return (int) parser.currentTokenLocation().getByteOffset();
    }

    /** The end, exclusive. */
    public static int end(JsonParser parser) throws IOException {
        parser.finishToken();
        return (int) parser.currentLocation().getByteOffset();
    }
}
