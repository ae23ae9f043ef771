package dev.openaigateway.tokenizer.prompt;

import dev.openaigateway.tokenizer.TextCounter;
import dev.openaigateway.tokenizer.Tokenizer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Estimates the tokens of a request from its raw body. Time and memory are bounded for any body: see {@link TextCounter}.
 * Exact for plain texts up to 96 KB; tools, schemas and images are estimates; files that are no texts, and audio, count as 0. A member
 * that is not known counts if it has text. Thread-safe.
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

    /** Whether the model reads the field of a form. */
    public static boolean reads(String field) {
        return RequestMembers.TEXTS_OF_MEDIA.contains(field);
    }

    /**
     * Counts the texts of a form, otherwise as {@link #count}.
     *
     * @param texts of the fields that the model {@link #reads}
     */
    public static TokenEstimate countTexts(List<String> texts, String model, Optional<String> tokenizer) {
        TextCounter counter = new TextCounter(Tokenizer.of(model, tokenizer));
        texts.forEach(counter::add);
        return new TokenEstimate(counter.tokens(), 0, OptionalLong.empty());
    }
}
