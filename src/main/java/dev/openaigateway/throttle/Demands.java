package dev.openaigateway.throttle;

import dev.openaigateway.api.AnswerTally;
import dev.openaigateway.api.Call;
import dev.openaigateway.api.Errors;
import dev.openaigateway.api.JsonBody;
import dev.openaigateway.api.Usage;
import dev.openaigateway.tokens.CompletionText;
import dev.openaigateway.tokens.Demand;
import dev.openaigateway.tokens.PromptCounter;
import dev.openaigateway.tokens.PromptKind;
import dev.openaigateway.tokens.Tokenizer;
import org.apache.camel.Exchange;

import java.util.Optional;
import java.util.OptionalLong;

/** What requests may cost; counted only for those that some limit holds, and once for each. */
public final class Demands {

    private static final Demand NOTHING = new Demand(0, 0, OptionalLong.empty());

    private Demands() {
    }

    /** Tokens of the prompt by a tokenizer, else by that of the model; counted at the first question. */
    public static long prompt(Exchange exchange, Call call, Optional<String> tokenizer) {
        return Account.of(exchange, call).demand(tokenizer).prompt();
    }

    /** From here on the answer is counted too, in case the upstream does not say what it took. */
    static Demand count(Call call, Optional<String> tokenizer) {
        PromptKind kind = kind(call);
        if (kind == null) {
            return NOTHING;
        }
        try {
            Demand demand = PromptCounter.count(kind, call.body().bytes(), call.model(), tokenizer);
            if (call.tally() == null) {
                call.countWith(new Tally(demand.prompt(), new CompletionText(Tokenizer.of(call.model(), tokenizer))));
            }
            return demand;
        } catch (IllegalArgumentException e) {
            throw Errors.notJson("Its prompt cannot be counted.").exception();
        }
    }

    private static PromptKind kind(Call call) {
        if (!(call.body() instanceof JsonBody)) {
            return null;
        }
        return switch (call.operation()) {
            case CHAT_COMPLETIONS -> PromptKind.CHAT;
            case COMPLETIONS -> PromptKind.COMPLETIONS;
            case EMBEDDINGS -> PromptKind.EMBEDDINGS;
            case RESPONSES, RESPONSE_COMPACTION -> PromptKind.RESPONSES;
            default -> null;
        };
    }

    private static final class Tally implements AnswerTally {

        private final long prompt;
        private final CompletionText text;
        private boolean later;

        Tally(long prompt, CompletionText text) {
            this.prompt = prompt;
            this.text = text;
        }

        @Override
        public void add(CharSequence piece) {
            text.add(piece);
        }

        @Override
        public void comesLater() {
            later = true;
        }

        @Override
        public boolean isForLater() {
            return later;
        }

        @Override
        public Usage counted() {
            return new Usage(prompt, text.tokens());
        }
    }
}
