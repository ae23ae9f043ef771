package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.CountedChoices;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.openai.body.JsonBody;
import dev.openaigateway.openai.body.MultipartBody;
import dev.openaigateway.tokenizer.CompletionText;
import dev.openaigateway.tokenizer.Tokenizer;
import dev.openaigateway.tokenizer.prompt.PromptCounter;
import dev.openaigateway.tokenizer.prompt.PromptKind;
import dev.openaigateway.tokenizer.prompt.TokenEstimate;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Estimates the tokens of a request, once per tokenizer and only if a limit needs it. */
public final class TokenEstimates {

    private static final TokenEstimate NOTHING = new TokenEstimate(0, 0, OptionalLong.empty());

    private TokenEstimates() {
    }

    /**
     * Tokens of the prompt; counted on the first call.
     *
     * @param model     the model that the prompt is counted for
     * @param tokenizer empty for the model's own
     */
    public static long prompt(Call call, String model, Optional<String> tokenizer) {
        return PromptEstimates.of(call).estimate(model, tokenizer).prompt();
    }

    /** Tokens of the prompt that the client sent, for rules. Counts them unless a limit has done so. */
    public static long ofReceived(Call call) {
        return PromptEstimates.of(call).received().prompt();
    }

    static TokenEstimate count(ModelRequest request, String model, Optional<String> tokenizer) {
        PromptKind kind = kind(request.operation());
        if (kind == PromptKind.MEDIA && request.body() instanceof MultipartBody form) {
            return PromptCounter.countTexts(form.fields().stream().filter(field -> PromptCounter.reads(field.getKey())).map(Map.Entry::getValue).toList(),
                    model, tokenizer);
        }
        if (kind == null || !(request.body() instanceof JsonBody)) {
            return NOTHING;
        }
        try {
            return PromptCounter.count(kind, request.body().bytes(), model, tokenizer);
        } catch (IllegalArgumentException e) {
            throw Errors.notJson("Its prompt cannot be counted.").exception();
        }
    }

    /** Counts each response to a request, in case it reports no usage; null if nothing is billed. An operation without choices has no text to count. */
    static Supplier<CompletionCounter> responseCounters(TokenEstimate estimate, String model, Optional<String> tokenizer) {
        return estimate == NOTHING ? null
                : () -> new TextCompletionCounter(estimate, new CompletionText(Tokenizer.of(model, tokenizer)));
    }

    private static PromptKind kind(Operation operation) {
        return switch (operation) {
            case CHAT_COMPLETIONS -> PromptKind.CHAT;
            case COMPLETIONS -> PromptKind.COMPLETIONS;
            case EMBEDDINGS -> PromptKind.EMBEDDINGS;
            case RESPONSES, RESPONSE_COMPACTION -> PromptKind.RESPONSES;
            case IMAGE_GENERATIONS, IMAGE_EDITS, SPEECH, TRANSCRIPTIONS, TRANSLATIONS -> PromptKind.MEDIA;
            case RESPONSE_INPUT_TOKENS, MODERATIONS, IMAGE_VARIATIONS, PASSTHROUGH -> null;
        };
    }

    private static final class TextCompletionCounter implements CompletionCounter {

        private final TokenEstimate estimate;
        private final CompletionText text;
        private final CountedChoices choices = new CountedChoices();
        private boolean unknown;

        TextCompletionCounter(TokenEstimate estimate, CompletionText text) {
            this.estimate = estimate;
            this.text = text;
        }

        @Override
        public void add(CharSequence piece) {
            if (estimate.choices() > 0) {
                text.add(piece);
            }
        }

        @Override
        public CountedChoices choices() {
            return choices;
        }

        @Override
        public void markUnknown() {
            unknown = true;
        }

        @Override
        public boolean isUnknown() {
            return unknown;
        }

        @Override
        public Usage counted() {
            return new Usage(estimate.prompt(), text.tokens());
        }
    }
}
