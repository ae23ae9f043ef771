package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** The members {@code error} of all choices of a response, where they are in its JSON. */
final class ErrorsOfChoices {

    private ErrorsOfChoices() {
    }

    /**
     * Changes these errors, and nothing else. JSON that cannot be read, or is not in UTF-8, is changed as a whole.
     *
     * @param change gets the JSON of one error
     */
    static byte[] changeIn(byte[] json, UnaryOperator<byte[]> change) {
        ByteArrayOutputStream changed = new ByteArrayOutputStream(json.length);
        int copied = 0;
        try (JsonParser parser = LooseJson.FACTORY.createParser(json)) {
            while (parser.nextToken() != null) {
                if (isError(parser)) {
                    int start = (int) parser.currentTokenLocation().getByteOffset();
                    parser.skipChildren();
                    parser.finishToken();
                    changed.write(json, copied, start - copied);
                    copied = (int) parser.currentLocation().getByteOffset();
                    changed.writeBytes(change.apply(Arrays.copyOfRange(json, start, copied)));
                }
            }
        } catch (IOException | IndexOutOfBoundsException e) {
            return change.apply(json);
        }
        changed.write(json, copied, json.length - copied);
        return changed.toByteArray();
    }

    /** Whether the parser is at the value of such a member. */
    private static boolean isError(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.FIELD_NAME || token.isStructEnd() || !"error".equals(parser.currentName())) {
            return false;
        }
        JsonStreamContext choice = token.isStructStart() ? parser.getParsingContext().getParent() : parser.getParsingContext();
        JsonStreamContext list = choice.inObject() ? choice.getParent() : null;
        return list != null && list.inArray() && list.getParent().inObject() && list.getParent().getParent().inRoot()
                && "choices".equals(list.getParent().getCurrentName());
    }
}
