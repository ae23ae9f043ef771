package dev.openaigateway.openai.response;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.openaigateway.json.JsonMember;
import dev.openaigateway.openai.Json;
import dev.openaigateway.openai.LooseJson;
import dev.openaigateway.openai.response.errors.ErrorMember;
import dev.openaigateway.openai.sse.SseLine;
import dev.openaigateway.text.Excerpt;
import dev.openaigateway.text.MaskedBeginning;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.function.UnaryOperator;

/** An error that an upstream writes into a stream, but not as the data of an event. */
public final class ErrorLine {

    /** The name of a field that llama.cpp has in place of {@code data}. Clients ignore it. */
    static final byte[] FIELD = StreamEventReader.ERROR.getBytes(StandardCharsets.US_ASCII);

    private static final String MORE = "...";
    private static final Set<String> CODE = Set.of("code");
    /** In UTF-16 units. */
    private static final int MOST_SHOWN = 1000;
    /** In bytes. */
    private static final int MOST_MASKED = 32 * 1024;

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
     * An event with such a line in place of one that is too long to be held: only the beginning of its message, and the code if it comes first.
     *
     * @param bytes hold the beginning of the event
     * @param mask  masks secrets in the message, before it is cut
     * @return null if the event has no such line
     */
    public static byte[] shortened(byte[] bytes, int start, int end, UnaryOperator<byte[]> mask) {
        for (int line = start; line < end;) {
            int lineEnd = SseLine.lineEnd(bytes, line, end);
            if (SseLine.isField(bytes, line, lineEnd, FIELD)) {
                int from = SseLine.value(bytes, line + FIELD.length + 1, lineEnd);
                byte[] value = mask.apply(Arrays.copyOfRange(bytes, from, Math.min(lineEnd, from + MOST_MASKED)));
                boolean cut = lineEnd == end || lineEnd - from > MOST_MASKED;
                String message = new String(cut ? MaskedBeginning.of(value, MOST_MASKED) : value, StandardCharsets.UTF_8);
                ObjectNode error = Json.MAPPER.createObjectNode().put("message", Excerpt.marked(cut ? message + MORE : message, MOST_SHOWN));
                JsonMember.numbers(value, CODE).values().forEach(code -> error.put("code", code.intValue()));
                return (StreamEventReader.ERROR + ": " + error + "\n\n").getBytes(StandardCharsets.UTF_8);
            }
            line = lineEnd + 1;
        }
        return null;
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
