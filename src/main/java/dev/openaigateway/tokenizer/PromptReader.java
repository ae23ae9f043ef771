package dev.openaigateway.tokenizer;

import com.fasterxml.jackson.core.JsonToken;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the body of one request and counts the billed fields. Single use, not thread-safe. */
final class PromptReader implements AutoCloseable {

    private final PromptKind kind;
    private final ChatFraming framing;
    private final ImageTokens images;
    private final TextCounter counter;
    private final JsonTexts texts;
    private long extra;
    private long choices = 1;
    private long prompts = 1;
    private OptionalLong maxPerChoice = OptionalLong.empty();

    PromptReader(PromptKind kind, byte[] body, String model, Tokenizer tokenizer) throws IOException {
        this.kind = kind;
        this.framing = ChatFraming.ofModel(model);
        this.images = ImageTokens.ofModel(model);
        this.counter = new TextCounter(tokenizer);
        this.texts = new JsonTexts(body, counter);
    }

    TokenEstimate read() throws IOException {
        if (texts.in.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("it does not begin with an object");
        }
        for (String field = texts.nextField(); field != null; field = texts.nextField()) {
            readField(field);
        }
        boolean chat = kind == PromptKind.CHAT || kind == PromptKind.RESPONSES;
        long prompt = counter.tokens() + extra + (chat ? framing.reply() : 0);
        if (kind == PromptKind.EMBEDDINGS) {
            return new TokenEstimate(prompt, 0, OptionalLong.empty());
        }
        return new TokenEstimate(prompt, choices * prompts, maxPerChoice);
    }

    private void readField(String field) throws IOException {
        switch (field) {
            case "messages" -> readMessages();
            case "prompt" -> prompts = Math.max(1, readPlain());
            case "input" -> readInput();
            case "instructions" -> readInstructions();
            case "tools", "functions" -> readTools();
            case "response_format", "text" -> readFormat();
            case "max_completion_tokens", "max_tokens" -> readMax(kind != PromptKind.RESPONSES);
            case "max_output_tokens" -> readMax(kind == PromptKind.RESPONSES);
            case "n", "best_of" -> choices = Math.max(choices, Math.min(number().orElse(1), Integer.MAX_VALUE));
            default -> texts.in.skipChildren();
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
        } else if (texts.isText()) {
            readInstructions();
        } else {
            readMessages();
        }
    }

    /** A text that the Responses API turns into a message; its role costs one token. */
    private void readInstructions() throws IOException {
        if (texts.isText()) {
            extra += framing.message() + 1;
        }
        texts.addText();
    }

    private void readMessages() throws IOException {
        if (texts.in.currentToken() != JsonToken.START_ARRAY) {
            texts.in.skipChildren();
            return;
        }
        while (texts.nextElement()) {
            if (texts.in.currentToken() == JsonToken.START_OBJECT) {
                extra += framing.message();
                readMessage();
            } else {
                texts.in.skipChildren();
            }
        }
    }

    private void readMessage() throws IOException {
        for (String field = texts.nextField(); field != null; field = texts.nextField()) {
            switch (field) {
                case "role" -> readRole();
                case "name" -> {
                    extra += framing.name();
                    texts.addText();
                }
                case "content", "output", "summary" -> readContent();
                case "refusal", "reasoning_content", "arguments" -> texts.addText();
                case "tool_calls", "function_call" -> texts.addJson();
                default -> texts.in.skipChildren();
            }
        }
    }

    private void readRole() throws IOException {
        if (texts.isText() && texts.in.getText().equals("assistant")) {
            extra += framing.assistant();
        }
        texts.addText();
    }

    private void readContent() throws IOException {
        if (texts.in.currentToken() != JsonToken.START_ARRAY) {
            texts.addText();
            return;
        }
        while (texts.nextElement()) {
            if (texts.in.currentToken() == JsonToken.START_OBJECT) {
                readPart();
            } else {
                texts.addText();
            }
        }
    }

    /** A part is a text, an image (with {@code detail} beside or inside {@code image_url}), or something that is not counted. */
    private void readPart() throws IOException {
        Optional<ImageSize> size = Optional.empty();
        String detail = "auto";
        boolean image = false;
        int depth = 1;
        while (depth > 0 && texts.in.nextToken() != null) {
            JsonToken token = texts.in.currentToken();
            String field = texts.in.currentName();
            if (token == JsonToken.START_OBJECT && "image_url".equals(field)) {
                depth++;
            } else if (token == JsonToken.END_OBJECT) {
                depth--;
            } else if (!texts.isText()) {
                texts.in.skipChildren();
            } else if ("url".equals(field) || "image_url".equals(field)) {
                image = true;
                size = texts.imageSize();
            } else if ("detail".equals(field)) {
                detail = texts.in.getText();
            } else if ("text".equals(field) || "refusal".equals(field)) {
                texts.addText();
            }
        }
        extra += image ? images.count(detail, size) : 0;
    }

    private void readTools() throws IOException {
        if (texts.in.currentToken() == JsonToken.START_ARRAY) {
            extra += ChatFraming.TOOLS;
        }
        texts.addJson();
    }

    /** Only the schema is billed, at any depth of the field. */
    private void readFormat() throws IOException {
        if (texts.in.currentToken() != JsonToken.START_OBJECT) {
            texts.in.skipChildren();
            return;
        }
        for (String field = texts.nextField(); field != null; field = texts.nextField()) {
            switch (field) {
                case "json_schema", "schema" -> texts.addJson();
                case "format" -> readFormat();
                default -> texts.in.skipChildren();
            }
        }
    }

    /** Counts a text, a list of texts, a list of token ids, or a list of such lists. Returns the number of prompts. */
    private long readPlain() throws IOException {
        if (texts.in.currentToken() != JsonToken.START_ARRAY) {
            texts.addText();
            return 1;
        }
        long found = 0;
        boolean ids = false;
        while (texts.nextElement()) {
            if (texts.in.currentToken().isNumeric()) {
                ids = true;
                extra++;
            } else {
                found++;
                readPlain();
            }
        }
        return ids ? found + 1 : found;
    }

    /** Empty if the value is not an integer of at most 64 bits; the upstream validates the request. */
    private OptionalLong number() throws IOException {
        texts.in.skipChildren();
        if (!texts.in.hasToken(JsonToken.VALUE_NUMBER_INT) || texts.in.getNumberType().ordinal() > 1) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.max(0, texts.in.getLongValue()));
    }

    @Override
    public void close() throws IOException {
        texts.close();
    }
}
