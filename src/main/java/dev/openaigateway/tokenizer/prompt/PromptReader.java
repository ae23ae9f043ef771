package dev.openaigateway.tokenizer.prompt;

import dev.openaigateway.tokenizer.TextCounter;
import dev.openaigateway.tokenizer.Tokenizer;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads the body of one request and counts the billed fields. Single use, not thread-safe. */
final class PromptReader {

    private final PromptKind kind;
    private final ChatFraming framing;
    private final ImageTokens images;
    private final TextCounter counter;
    private final JsonTexts texts;
    private long extra;
    private long choices = 1;
    private long prompts = 1;
    private OptionalLong maxPerChoice = OptionalLong.empty();

    PromptReader(PromptKind kind, byte[] body, String model, Tokenizer tokenizer) {
        this.kind = kind;
        this.framing = ChatFraming.ofModel(model);
        this.images = ImageTokens.ofModel(model);
        this.counter = new TextCounter(tokenizer);
        this.texts = new JsonTexts(body, counter);
    }

    TokenEstimate read() throws IOException {
        if (!texts.in.begin()) {
            throw new IOException("it does not begin with an object");
        }
        for (String field = texts.in.nextField(); field != null; field = texts.in.nextField()) {
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
            default -> texts.in.skip();
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
        } else if (isText()) {
            readInstructions();
        } else {
            readMessages();
        }
    }

    /** A text that the Responses API turns into a message; its role costs one token. */
    private void readInstructions() throws IOException {
        if (isText()) {
            extra += framing.message() + 1;
        }
        texts.addText();
    }

    private void readMessages() throws IOException {
        if (!texts.in.isArray()) {
            texts.in.skip();
            return;
        }
        while (texts.in.nextElement()) {
            if (texts.in.isObject()) {
                extra += framing.message();
                readMessage();
            } else {
                texts.in.skip();
            }
        }
    }

    private void readMessage() throws IOException {
        for (String field = texts.in.nextField(); field != null; field = texts.in.nextField()) {
            switch (field) {
                case "role" -> readRole();
                case "name" -> {
                    extra += framing.name();
                    texts.addText();
                }
                case "content", "output", "outputs", "summary" -> readContent();
                case "refusal", "reasoning_content", "arguments", "input", "code" -> texts.addText();
                case "tool_calls", "function_call", "action", "operation" -> texts.addJson();
                default -> texts.in.skip();
            }
        }
    }

    private void readRole() throws IOException {
        if (isText() && texts.in.text().toText().equals("assistant")) {
            extra += framing.assistant();
        }
        texts.addText();
    }

    /** A text, a part, or a list of these. */
    private void readContent() throws IOException {
        if (!texts.in.isArray()) {
            readElement();
            return;
        }
        while (texts.in.nextElement()) {
            readElement();
        }
    }

    private void readElement() throws IOException {
        if (texts.in.isObject()) {
            readPart();
        } else {
            texts.addText();
        }
    }

    /** A part is a text, an image (with {@code detail} beside or inside {@code image_url}), or something that is not counted. */
    private void readPart() throws IOException {
        ImagePart image = new ImagePart();
        readFields(image);
        extra += image.found ? images.count(image.detail, image.size) : 0;
    }

    private void readFields(ImagePart image) throws IOException {
        for (String field = texts.in.nextField(); field != null; field = texts.in.nextField()) {
            if (texts.in.isObject() && field.equals("image_url")) {
                readFields(image);
            } else if (!isText()) {
                texts.in.skip();
            } else {
                readTextField(image, field);
            }
        }
    }

    private void readTextField(ImagePart image, String field) throws IOException {
        switch (field) {
            case "url", "image_url" -> {
                image.found = true;
                image.size = texts.imageSize();
            }
            case "detail" -> image.detail = texts.in.text().toText();
            case "text", "refusal", "stdout", "stderr", "logs" -> texts.addText();
            default -> {
            }
        }
    }

    private static final class ImagePart {
        private boolean found;
        private String detail = "auto";
        private Optional<ImageSize> size = Optional.empty();
    }

    private void readTools() throws IOException {
        if (texts.in.isArray()) {
            extra += ChatFraming.TOOLS;
        }
        texts.addJson();
    }

    /** Only the schema is billed, at any depth of the field. */
    private void readFormat() throws IOException {
        if (!texts.in.isObject()) {
            texts.in.skip();
            return;
        }
        for (String field = texts.in.nextField(); field != null; field = texts.in.nextField()) {
            switch (field) {
                case "json_schema", "schema" -> texts.addJson();
                case "format" -> readFormat();
                default -> texts.in.skip();
            }
        }
    }

    /** Counts a text, a list of texts, a list of token ids, or a list of such lists. Returns the number of prompts. */
    private long readPlain() throws IOException {
        if (!texts.in.isArray()) {
            texts.addText();
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

    private boolean isText() {
        return texts.in.text() != null;
    }
}
