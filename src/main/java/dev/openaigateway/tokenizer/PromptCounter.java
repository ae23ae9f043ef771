package dev.openaigateway.tokenizer;

import java.io.IOException;
import java.util.Optional;

/**
 * Counts what a request costs from its body as it came. Takes bounded time and memory, whatever the body holds: see
 * {@link TextCounter}. Exact for plain texts up to 32 KB; tools, schemas and images are estimates; files and sounds
 * count nothing. Safe for use by several threads.
 */
public final class PromptCounter {

    private PromptCounter() {
    }

    /**
     * @param model     as the client names it
     * @param tokenizer name of an encoding that goes before the model's own
     * @throws IllegalArgumentException if the body is not one JSON object, or no encoding has that name
     */
    public static TokenEstimate count(PromptKind kind, byte[] body, String model, Optional<String> tokenizer) {
        try (PromptReader reader = new PromptReader(kind, body, model, Tokenizer.of(model, tokenizer))) {
            return reader.read();
        } catch (IOException broken) {
            throw new IllegalArgumentException("the body is not one JSON object", broken);
        }
    }
}
