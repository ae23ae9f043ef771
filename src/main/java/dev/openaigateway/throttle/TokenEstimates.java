package dev.openaigateway.throttle;

import dev.openaigateway.call.Call;
import dev.openaigateway.openai.CompletionCounter;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.JsonBody;
import dev.openaigateway.openai.Usage;
import dev.openaigateway.tokenizer.CompletionText;
import dev.openaigateway.tokenizer.PromptCounter;
import dev.openaigateway.tokenizer.PromptKind;
import dev.openaigateway.tokenizer.TokenEstimate;
import dev.openaigateway.tokenizer.Tokenizer;

import java.util.Optional;
import java.util.OptionalLong;

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
        return CallReservations.of(call).estimate(model, tokenizer).prompt();
    }

    /** From here on the response is counted too, in case it reports no usage. */
    static TokenEstimate count(Call call, String model, Optional<String> tokenizer) {
        PromptKind kind = kind(call);
        if (kind == null) {
            return NOTHING;
        }
        try {
            TokenEstimate estimate = PromptCounter.count(kind, call.request().body().bytes(), model, tokenizer);
            if (call.result().completionCounter() == null) {
                call.result().countWith(new TextCompletionCounter(estimate.prompt(), new CompletionText(Tokenizer.of(model, tokenizer))));
            }
            return estimate;
        } catch (IllegalArgumentException e) {
            throw Errors.notJson("Its prompt cannot be counted.").exception();
        }
    }

    private static PromptKind kind(Call call) {
        if (!(call.request().body() instanceof JsonBody)) {
            return null;
        }
        return switch (call.request().operation()) {
            case CHAT_COMPLETIONS -> PromptKind.CHAT;
            case COMPLETIONS -> PromptKind.COMPLETIONS;
            case EMBEDDINGS -> PromptKind.EMBEDDINGS;
            case RESPONSES, RESPONSE_COMPACTION -> PromptKind.RESPONSES;
            default -> null;
        };
    }

    private static final class TextCompletionCounter implements CompletionCounter {

        private final long prompt;
        private final CompletionText text;
        private boolean background;

        TextCompletionCounter(long prompt, CompletionText text) {
            this.prompt = prompt;
            this.text = text;
        }

        @Override
        public void add(CharSequence piece) {
            text.add(piece);
        }

        @Override
        public void markBackground() {
            background = true;
        }

        @Override
        public boolean isBackground() {
            return background;
        }

        @Override
        public Usage counted() {
            return new Usage(prompt, text.tokens());
        }
    }
}
