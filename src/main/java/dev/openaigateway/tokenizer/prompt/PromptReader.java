package dev.openaigateway.tokenizer.prompt;

import dev.openaigateway.tokenizer.TextCounter;
import dev.openaigateway.tokenizer.Tokenizer;

import java.io.IOException;
import java.util.OptionalLong;

/** Reads the body of one request and counts what the model reads of it. Single use, not thread-safe. */
final class PromptReader {

    private final PromptKind kind;
    private final TextCounter counter;
    private final JsonTexts texts;
    private final MessageReader messages;
    private long extra;
    private long choices = 1;
    private long prompts = 1;
    private OptionalLong maxPerChoice = OptionalLong.empty();

    PromptReader(PromptKind kind, byte[] body, String model, Tokenizer tokenizer) {
        this.kind = kind;
        this.counter = new TextCounter(tokenizer);
        this.texts = new JsonTexts(body, counter);
        this.messages = new MessageReader(texts, model);
    }

    TokenEstimate read() throws IOException {
        if (!texts.in.begin()) {
            throw new IOException("it does not begin with an object");
        }
        for (String field = texts.in.nextField(); field != null; field = texts.in.nextField()) {
            if (kind == PromptKind.MEDIA) {
                readText(field);
            } else {
                readField(field);
            }
        }
        boolean chat = kind == PromptKind.CHAT || kind == PromptKind.RESPONSES;
        long prompt = counter.tokens() + extra + messages.tokens() + (chat ? messages.framing().reply() : 0);
        if (kind == PromptKind.EMBEDDINGS || kind == PromptKind.MEDIA) {
            return new TokenEstimate(prompt, 0, OptionalLong.empty());
        }
        return new TokenEstimate(prompt, choices * prompts, maxPerChoice);
    }

    private void readText(String field) throws IOException {
        if (RequestMembers.TEXTS_OF_MEDIA.contains(field)) {
            messages.readValue();
        } else {
            texts.in.skip();
        }
    }

    private void readField(String field) throws IOException {
        switch (field) {
            case "messages" -> messages.readMessages();
            case "prompt" -> readPrompt();
            case "input" -> readInput();
            case "instructions" -> readInstructions();
            case "tools", "functions" -> readTools(field);
            case "response_format", "text" -> readFormat();
            case "max_completion_tokens", "max_tokens" -> readMax(kind != PromptKind.RESPONSES);
            case "max_output_tokens" -> readMax(kind == PromptKind.RESPONSES);
            case "n", "best_of" -> choices = Math.max(choices, Math.min(number().orElse(1), Integer.MAX_VALUE));
            default -> readOther(field);
        }
    }

    private void readOther(String field) throws IOException {
        if (RequestMembers.areUnread(field)) {
            texts.in.skip();
        } else {
            messages.readMember(field);
        }
    }

    /** The upstream chooses among several maxima, so the largest is reserved. */
    private void readMax(boolean own) throws IOException {
        OptionalLong named = number();
        if (own && named.isPresent()) {
            maxPerChoice = OptionalLong.of(Math.max(named.getAsLong(), maxPerChoice.orElse(0)));
        }
    }

    private void readInput() throws IOException {
        if (kind != PromptKind.RESPONSES) {
            readPlain();
        } else {
            readInstructions();
        }
    }

    private void readInstructions() throws IOException {
        if (texts.in.text() != null) {
            messages.readAsMessage();
        } else {
            messages.readMessages();
        }
    }

    private void readTools(String field) throws IOException {
        if (texts.in.isArray()) {
            extra += ChatFraming.TOOLS;
        }
        messages.readMember(field);
    }

    /** The schema and what describes it, at any depth of the field. */
    private void readFormat() throws IOException {
        if (!texts.in.isObject()) {
            messages.readValue();
            return;
        }
        for (String field = texts.in.nextField(); field != null; field = texts.in.nextField()) {
            switch (field) {
                case "format" -> readFormat();
                case "name", "verbosity" -> texts.in.skip();
                default -> messages.readMember(field);
            }
        }
    }

    /** A text, or a template that the upstream keeps, with the values of its variables. */
    private void readPrompt() throws IOException {
        if (!texts.in.isObject()) {
            prompts = Math.max(1, readPlain());
            return;
        }
        for (String field = texts.in.nextField(); field != null; field = texts.in.nextField()) {
            if (field.equals("variables") && texts.in.isObject()) {
                readVariables();
            } else {
                messages.readMember(field);
            }
        }
    }

    /** The names are the client's own, so they do not tell what the values are. */
    private void readVariables() throws IOException {
        while (texts.in.nextField() != null) {
            messages.readValue();
        }
    }

    /** Counts a text or part, a list of these, a list of token ids, or a list of such lists. Returns the number of prompts. */
    private long readPlain() throws IOException {
        if (!texts.in.isArray()) {
            messages.readValue();
            return 1;
        }
        long found = 0;
        boolean ids = false;
        while (texts.in.nextElement()) {
            if (texts.in.isNumber()) {
                ids = true;
                extra++;
            } else {
                found++;
                readPlain();
            }
        }
        return ids ? found + 1 : found;
    }

    /** Empty if the value is no number above 0: one below is no limit to some upstreams, and the upstream validates the request. */
    private OptionalLong number() throws IOException {
        OptionalLong number = texts.in.integer();
        return number.orElse(0) > 0 ? number : OptionalLong.empty();
    }
}
