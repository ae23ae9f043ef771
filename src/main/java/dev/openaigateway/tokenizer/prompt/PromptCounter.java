package dev.openaigateway.tokenizer.prompt;

import dev.openaigateway.tokenizer.TextCounter;
import dev.openaigateway.tokenizer.Tokenizer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * Estimates the tokens of a request from its raw body. Time and memory are bounded for any body: see {@link TextCounter}.
 * Exact for plain texts up to 96 KB; tools, schemas and images are estimates; files and audio count as 0. Thread-safe.
 */
public final class PromptCounter {

    private PromptCounter() {
    }

    /**
     * @param model     the model's name as the client sent it
     * @param tokenizer name of an encoding that overrides the model's own
     * @throws IllegalArgumentException if the body is not one JSON object, or no encoding has that name
     */
    public static TokenEstimate count(PromptKind kind, byte[] body, String model, Optional<String> tokenizer) {
        try {
            return new PromptReader(kind, body, model, Tokenizer.of(model, tokenizer)).read();
        } catch (IOException | UncheckedIOException broken) {
            throw new IllegalArgumentException("the body is not one JSON object", broken);
        }
    }
}
