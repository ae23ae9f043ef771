package dev.openaigateway.tokenizer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Walks through a JSON text that a parser has accepted before, without copying or decoding it; a general parser took most
 * of the time for known prompts (benchmark row "agent prompt of 1024 KB"). Not thread-safe.
 */
final class JsonCursor {

    /** The depth that parsers accept. */
    private static final int DEEPEST = 1000;

    private final byte[] json;
    private int start;
    private int at;
    private JsonString text;

    JsonCursor(byte[] json) {
        this.json = json;
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

    /** Moves to the first value and returns whether it is an object. */
    boolean begin() throws IOException {
        return next() == '{';
    }

    /** Moves to the value of the next field of the current object. Returns the field's name, null at the object's end. */
    String nextField() throws IOException {
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
    boolean nextElement() throws IOException {
        return next() != ']';
    }

    boolean isObject() {
        return json[start] == '{';
    }

    boolean isArray() {
        return json[start] == '[';
    }

    boolean isNumber() {
        return json[start] == '-' || json[start] >= '0' && json[start] <= '9';
    }

    /** The current value if it is a string, else null. */
    JsonString text() {
        return text;
    }

    int start() {
        return start;
    }

    /** The index after the current value, once it has been {@link #skip skipped}. */
    int end() {
        return at;
    }

    /** The current value as it stands in the text. */
    String literal() {
        return new String(json, start, at - start, StandardCharsets.UTF_8);
    }

    /** Skips the current value; empty if it was no integer of at most 64 bits. */
    OptionalLong integer() throws IOException {
        skip();
        try {
            return isNumber() ? OptionalLong.of(Long.parseLong(literal())) : OptionalLong.empty();
        } catch (NumberFormatException fractionOrTooLong) {
            return OptionalLong.empty();
        }
    }

    /** Moves to the end of the current value, so that the next token is the one after it. */
    void skip() throws IOException {
        if (!isObject() && !isArray()) {
            return;
        }
        int from = start;
        int depth = 1;
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
                case '"' -> at = JsonString.endOf(json, at + 1) + 1;
                default -> skipLiteral();
            }
            if (at > json.length) {
                throw new IOException("it ends within a string");
            }
        }
        start = from;
    }
}
