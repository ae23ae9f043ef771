package dev.openaigateway.openai.response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.response.errors.ErrorMember;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** An error that an upstream writes into a stream, but not as the data of an event. */
final class ErrorLine {

    /** The name of a field that llama.cpp has in place of {@code data}. Clients ignore it. */
    static final byte[] FIELD = StreamEventReader.ERROR.getBytes(StandardCharsets.US_ASCII);

    private ErrorLine() {
    }

    /**
     * The value of the field {@code error} as the data of an event that reports it.
     *
     * @return null if it reports no error
     */
    static byte[] data(byte[] bytes, int from, int to) {
        byte[] value = Arrays.copyOfRange(bytes, from, to);
        String text = new String(value, StandardCharsets.UTF_8).strip();
        JsonNode json = LooseJson.tree(value);
        JsonNode said = json.isMissingNode() ? TextNode.valueOf(text) : json;
        JsonNode error = said.hasNonNull(StreamEventReader.ERROR) ? said.get(StreamEventReader.ERROR) : said;
        return ErrorMember.isFailure(error) ? Json.MAPPER.createObjectNode().set(StreamEventReader.ERROR, error).toString().getBytes(StandardCharsets.UTF_8) : null;
    }

    /**
     * The JSON of an error that is written as it is, as by a proxy that answers after it has begun a stream.
     *
     * @param bytes hold an event without fields
     * @return null if there is none
     */
    static byte[] bare(byte[] bytes, int start, int end) {
        byte[] text = new String(bytes, start, end - start, StandardCharsets.UTF_8).strip().getBytes(StandardCharsets.UTF_8);
        boolean json = text.length > 0 && (text[0] == '{' || text[0] == '[');
        return json && StreamEvent.read(text, 0, text.length, null).error() != null ? text : null;
    }
}
