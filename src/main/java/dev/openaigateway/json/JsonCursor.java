package dev.openaigateway.json;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Walks through a JSON text that a parser has accepted before, without copying or decoding it; a general parser took most
 * of the time for known prompts (benchmark row "texts on one core"). Not thread-safe.
 */
public final class JsonCursor {

    /** The depth that parsers accept. */
    private static final int DEEPEST = 1000;

    private final byte[] json;
    private int start;
    private int at;
    private JsonString text;
    private boolean mayBeEncoded;

    public JsonCursor(byte[] json) {
        this(json, 0);
    }

    /** @param from index of the first value */
    public JsonCursor(byte[] json, int from) {
        this.json = json;
        this.at = from;
    }

    /** Moves to the next token; returns its first byte. Throws if there is none. */
    private int next() throws IOException {
        moveToToken();
        text = null;
        switch (json[at]) {
            case '{', '[', '}', ']' -> at++;
            case '"' -> {
                text = JsonString.at(json, at);
                at = text.end() + 1;
            }
            default -> skipLiteral();
        }
        if (at > json.length) {
            throw new IOException("it ends within a string");
        }
        return json[start];
    }

    private void moveToToken() throws IOException {
        while (at < json.length && (json[at] <= ' ' && json[at] >= 0 || json[at] == ',' || json[at] == ':')) {
            at++;
        }
        if (at == json.length) {
            throw new IOException("it ends before its last brace");
        }
        start = at;
    }

    private void skipLiteral() {
        while (at < json.length && json[at] > ' ' && ",]}".indexOf(json[at]) < 0) {
            at++;
        }
        at = Math.max(at, start + 1);
    }

    /** Whether the value that was skipped last, an object or an array, has a long string that may be in base64. */
    public boolean mayHaveEncoded() {
        return mayBeEncoded;
    }

    /** Moves to the first value, after a byte order mark, and returns whether it is an object. */
    public boolean begin() throws IOException {
        at = at == 0 ? JsonText.afterMark(json) : at;
        return next() == '{';
    }

    /** Moves to the value of the next field of the current object. Returns the field's name, null at the object's end. */
    public String nextField() throws IOException {
        int found = next();
        if (found == '}') {
            return null;
        }
        if (found != '"') {
            throw new IOException("a field has no name");
        }
        String name = text.toText();
        next();
        return name;
    }

    /** Moves to the next element of the current array; false at the array's end. */
    public boolean nextElement() throws IOException {
        return next() != ']';
    }

    public boolean isObject() {
        return json[start] == '{';
    }

    public boolean isArray() {
        return json[start] == '[';
    }

    public boolean isNumber() {
        return json[start] == '-' || json[start] >= '0' && json[start] <= '9';
    }

    /** The current value if it is a string, else null. */
    public JsonString text() {
        return text;
    }

    public int start() {
        return start;
    }

    /** The index after the current value, once it has been {@link #skip skipped}. */
    public int end() {
        return at;
    }

    /** The current value as it stands in the text. */
    public String literal() {
        return new String(json, start, at - start, StandardCharsets.UTF_8);
    }

    /** Skips the current value; empty if it was no number, see {@link JsonNumber#integer}. */
    public OptionalLong integer() throws IOException {
        skip();
        return JsonNumber.integer(json, start, at);
    }

    /** Moves to the end of the current value, so that the next token is the one after it. */
    public void skip() throws IOException {
        if (!isObject() && !isArray()) {
            return;
        }
        int from = start;
        int depth = 1;
        mayBeEncoded = false;
        while (depth > 0) {
            moveToToken();
            switch (json[at]) {
                case '{', '[' -> {
                    at++;
                    if (++depth > DEEPEST) {
                        throw new IOException("it is nested too deeply");
                    }
                }
                case '}', ']' -> {
                    at++;
                    depth--;
                }
                case '"' -> {
                    int first = at + 1;
                    at = JsonString.endOf(json, first) + 1;
                    mayBeEncoded = mayBeEncoded || EncodedStart.isAt(json, first, at - 1);
                }
                default -> skipLiteral();
            }
            if (at > json.length) {
                throw new IOException("it ends within a string");
            }
        }
        start = from;
    }
}
