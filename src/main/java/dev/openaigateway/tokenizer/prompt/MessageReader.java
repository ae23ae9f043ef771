package dev.openaigateway.tokenizer.prompt;

import dev.openaigateway.json.JsonCursor;

import java.io.IOException;
import java.util.Optional;

/** Counts messages and items, their parts, and all other values that a model may read. Single use, not thread-safe. */
final class MessageReader {

    /** The depth that parsers accept. */
    private static final int DEEPEST = 1000;

    /** In bytes: names, labels and numbers of an object, as the parts of the official APIs have, cost nothing up to this sum. */
    private static final int FREE = 256;

    private final JsonTexts texts;
    private final JsonCursor in;
    private final ChatFraming framing;
    private final ImageTokens images;
    private long tokens;
    private int depth;

    MessageReader(JsonTexts texts, String model) {
        this.texts = texts;
        this.in = texts.in;
        this.framing = ChatFraming.ofModel(model);
        this.images = ImageTokens.ofModel(model);
    }

    /** The tokens of images and of the format, which are not those of texts. */
    long tokens() {
        return tokens;
    }

    ChatFraming framing() {
        return framing;
    }

    /** A list of messages, or one of them. */
    void readMessages() throws IOException {
        if (!in.isArray()) {
            readMessage();
            return;
        }
        while (in.nextElement()) {
            readMessage();
        }
    }

    /** A text that the Responses API turns into a message; its role costs one token. */
    void readAsMessage() throws IOException {
        tokens += framing.message() + 1;
        texts.addText();
    }

    private void readMessage() throws IOException {
        if (!in.isObject()) {
            readValue();
            return;
        }
        tokens += framing.message();
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            switch (field) {
                case "role" -> readRole();
                case "name" -> {
                    tokens += framing.name();
                    texts.addText();
                }
                case "content", "output", "outputs", "summary" -> readContent();
                default -> readMember(field);
            }
        }
    }

    private void readRole() throws IOException {
        if (isText() && in.text().toText().equals("assistant")) {
            tokens += framing.assistant();
        }
        texts.addText();
    }

    /** A text, a part, or a list of these. */
    private void readContent() throws IOException {
        if (!in.isArray()) {
            readElement();
            return;
        }
        while (in.nextElement()) {
            readElement();
        }
    }

    /** The current value as an element of a list, where each number is read, as those of a table are. */
    private boolean addNumber() throws IOException {
        boolean isNumber = in.isNumber();
        if (isNumber) {
            texts.addJson();
        }
        return isNumber;
    }

    private void readElement() throws IOException {
        if (in.isObject()) {
            readPart(true);
        } else if (!addNumber()) {
            readValue();
        }
    }

    /** A text, or an object or a list with texts at any depth. */
    void readValue() throws IOException {
        if (in.isObject()) {
            readPart(false);
        } else if (in.isArray()) {
            enter();
            while (in.nextElement()) {
                if (!addNumber()) {
                    readValue();
                }
            }
            depth--;
        } else {
            texts.addText();
        }
    }

    /** @param name of the member whose value is the current one */
    void readMember(String name) throws IOException {
        switch (MemberRule.of(name)) {
            case LABEL, NONE, OPAQUE -> in.skip();
            case JSON -> texts.addJson();
            case TOOLS -> readTools(name.equals("tool_calls"));
            case FILE -> readFile();
            case IMAGE -> readImage();
            case URL -> readUrl();
            default -> readValue();
        }
    }

    /** @param calls whether these are calls of tools */
    void readTools(boolean calls) throws IOException {
        texts.addTools(calls, this::addImage);
    }

    private void readFile() throws IOException {
        if (isText()) {
            texts.addFile().ifPresent(this::addImage);
        } else if (in.isArray()) {
            enter();
            while (in.nextElement()) {
                readFile();
            }
            depth--;
        } else {
            readValue();
        }
    }

    private void readImage() throws IOException {
        Optional<ImageSize> size = isText() ? texts.imageSize() : Optional.empty();
        size.ifPresent(this::addImage);
        if (size.isEmpty()) {
            readValue();
        }
    }

    private void readUrl() throws IOException {
        if (isText() && EncodedFile.isDataUrl(in.text())) {
            readFile();
        } else {
            in.skip();
        }
    }

    private void addImage(ImageSize size) {
        tokens += images.count("auto", Optional.of(size));
    }

    /**
     * A part is a text, an image (with {@code detail} beside or inside {@code image_url}), or something else.
     *
     * @param isContent whether a {@code url} in it is that of an image
     */
    private void readPart(boolean isContent) throws IOException {
        ImagePart image = new ImagePart();
        readFields(image, isContent);
        tokens += image.found ? images.count(image.detail, image.size) : 0;
    }

    private void readFields(ImagePart image, boolean isImage) throws IOException {
        enter();
        int free = FREE;
        for (String field = in.nextField(); field != null; field = in.nextField()) {
            free = texts.addLonger(field, free);
            boolean isUrl = field.equals("image_url") || isImage && field.equals("url");
            if (isUrl && isText()) {
                readImageUrl(image);
            } else if (isUrl && in.isObject()) {
                readFields(image, true);
            } else if (field.equals("detail") && isText()) {
                image.detail = in.text().toText();
                free = texts.addLonger(free);
            } else if (in.isNumber() || MemberRule.of(field) == MemberRule.LABEL) {
                free = texts.addLonger(free);
            } else {
                readMember(field);
            }
        }
        depth--;
    }

    private void readImageUrl(ImagePart image) throws IOException {
        if (EncodedFile.isDataUrl(in.text()) && texts.isTextFile()) {
            texts.addFile();
        } else {
            image.found = true;
            image.size = EncodedFile.isDataUrl(in.text()) ? texts.imageSize() : Optional.empty();
        }
    }

    private void enter() throws IOException {
        if (++depth > DEEPEST) {
            throw new IOException("it is nested too deeply");
        }
    }

    private boolean isText() {
        return in.text() != null;
    }

    private static final class ImagePart {
        private boolean found;
        private String detail = "auto";
        private Optional<ImageSize> size = Optional.empty();
    }
}
