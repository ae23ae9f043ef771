package dev.openaigateway.openai;

import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Reads and writes JSON documents. Use {@code Json.MAPPER} inside methods, not in a static field of another class: about 200
 * classes of Jackson are loaded with it, and no step needs them before the first document (benchmark row "start to first
 * response").
 */
public final class Json {

    /** Thread-safe; never configured further. */
    public static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {
    }
}
