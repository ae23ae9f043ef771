package dev.openaigateway.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads what several upstreams send and several clients read: numbers such as {@code NaN}, raw tabs in texts, half a character in names. Thread-safe. */
public final class LooseJson {

    /** Bodies are bounded where they are read, so a text may be as long as one. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS).build();

    private LooseJson() {
    }

    /** A parser of UTF-8. Its offsets are those in the bytes. */
    public static JsonParser parser(byte[] json) throws IOException {
        return parser(json, 0, json.length);
    }

    /** As {@link #parser(byte[])}, for a part of the bytes. */
    public static JsonParser parser(byte[] json, int from, int length) throws IOException {
        return FACTORY.createParser(SurrogateEscapes.withoutHalves(json, from, from + length), from, length);
    }

    /** Missing if the bytes are not JSON. */
    public static JsonNode tree(byte[] json) {
        try {
            return Trees.MAPPER.readTree(json);
        } catch (IOException e) {
            return SurrogateEscapes.withoutHalves(json, 0, json.length) == json ? Json.MAPPER.missingNode() : treeOfText(new String(json, StandardCharsets.UTF_8));
        }
    }

    /** The parser of texts accepts every name. */
    private static JsonNode treeOfText(String json) {
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
