package dev.openaigateway.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;

/** Reads what several upstreams send and several clients read: numbers such as {@code NaN}, and raw tabs in texts. Thread-safe. */
public final class LooseJson {

    /** Bodies are bounded where they are read, so a text may be as long as one. */
    public static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();

    private LooseJson() {
    }

    /** Missing if the bytes are not JSON. */
    public static JsonNode tree(byte[] json) {
        try {
            return Trees.MAPPER.readTree(json);
        } catch (IOException e) {
            return Json.MAPPER.missingNode();
        }
    }

    /** Loaded only where a whole tree is needed. */
    private static final class Trees {

        private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);
    }
}
