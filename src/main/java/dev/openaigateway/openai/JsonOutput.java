package dev.openaigateway.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * Writes JSON documents to memory, in UTF-8. Unlike {@link Json} it does not load the 300 classes of the object mapper, which
 * chats, errors and lists of models do not need. Thread-safe.
 */
public final class JsonOutput {

    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonOutput() {
    }

    /**
     * Returns what the document writes.
     *
     * @throws IllegalStateException if the document writes what is not JSON
     */
    public static byte[] write(Document document) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        try (JsonGenerator json = FACTORY.createGenerator(out)) {
            document.write(json);
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return out.toByteArray();
    }

    /** Writes one document. */
    @FunctionalInterface
    public interface Document {

        void write(JsonGenerator json) throws IOException;
    }
}
