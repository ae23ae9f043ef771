package dev.openaigateway.openai.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.openaigateway.json.JsonNumber;
import dev.openaigateway.json.JsonSpan;
import dev.openaigateway.openai.Errors;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Reads single values of a JSON text that was checked before; a parser reads those that are not plain. Thread-safe. */
final class JsonValues {

    private static final JsonFactory JSON = new JsonFactory();

    private final byte[] bytes;

    JsonValues(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The first byte, which tells the type. */
    byte first(JsonSpan value) {
        return bytes[value.start()];
    }

    /** @throws ApiException 400 if the value is neither a boolean nor null */
    boolean bool(JsonSpan value, String param) {
        byte first = first(value);
        if (first == 't' || first == 'f' || first == 'n') {
            return first == 't';
        }
        throw Errors.wrongType(param, "a boolean").exception();
    }

    /** Null if the value is no string. */
    String text(JsonSpan value) throws IOException {
        if (first(value) != '"') {
            return null;
        }
        if (isPlain(value.start() + 1, value.end() - 1, ' ', '\u007f')) {
            return new String(bytes, value.start() + 1, value.end() - value.start() - 2, StandardCharsets.US_ASCII);
        }
        try (JsonParser parser = parser(value)) {
            parser.nextToken();
            return parser.getText();
        }
    }

    /** What is no number counts as 0, as a negative number does; the upstream rejects it. At most {@link Integer#MAX_VALUE}. */
    long positive(JsonSpan value) {
        return Math.max(0, Math.min(JsonNumber.integer(bytes, value.start(), value.end()).orElse(0), Integer.MAX_VALUE));
    }

    /** Whether all bytes are between two, and none is a backslash. */
    private boolean isPlain(int from, int to, char least, char greatest) {
        int at = from;
        while (at < to && bytes[at] >= least && bytes[at] <= greatest && bytes[at] != '\\') {
            at++;
        }
        return at == to;
    }

    /** The caller closes it. */
    JsonParser parser(JsonSpan value) throws IOException {
        return JSON.createParser(bytes, value.start(), value.end() - value.start());
    }
}
