package dev.openaigateway.openai.response.errors;

import dev.openaigateway.openai.Operation;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The members at the root of a response in which no key is masked: a model has generated them, or they are of the request. */
public final class RootContent {

    /** Beside choices, and of events. */
    static final Set<String> OF_CHOICES = Set.of("output", "response", "item", "part", "delta");
    /** What a response repeats of its request. */
    static final Set<String> REPEATED = Set.of("instructions", "input", "tools", "tool_choice", "text", "prompt", "metadata", "reasoning", "user");
    private static final Set<String> OF_RESPONSE = Stream.concat(REPEATED.stream(), Stream.of("output", "output_text", "data")).collect(Collectors.toUnmodifiableSet());
    private static final Set<String> OF_RESULTS = Set.of("data", "results");

    private RootContent() {
    }

    /** Those of a JSON response to an operation; null if any may be, as for a transcription of an unknown form. */
    public static Set<String> of(Operation operation) {
        return switch (operation) {
            case CHAT_COMPLETIONS, COMPLETIONS -> OF_CHOICES;
            case RESPONSES, RESPONSE_COMPACTION -> OF_RESPONSE;
            case EMBEDDINGS, MODERATIONS, IMAGE_GENERATIONS, IMAGE_EDITS, IMAGE_VARIATIONS -> OF_RESULTS;
            case SPEECH, RESPONSE_INPUT_TOKENS -> Set.of();
            case TRANSCRIPTIONS, TRANSLATIONS, PASSTHROUGH -> null;
        };
    }
}
