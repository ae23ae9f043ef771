package dev.openaigateway.tokenizer.prompt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.openaigateway.json.JsonCursor;
import dev.openaigateway.json.JsonString;
import dev.openaigateway.json.Utf8;
import dev.openaigateway.tokenizer.KnownCounts;
import dev.openaigateway.tokenizer.TextCounter;
import dev.openaigateway.tokenizer.Tokenizer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Walks through a JSON body and adds its texts to a counter; copies no more of a text than is counted exactly. */
final class JsonTexts {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES).build();

    final JsonCursor in;
    private final byte[] body;
    private final TextCounter counter;

    JsonTexts(byte[] body, TextCounter counter) {
        this.body = body;
        this.counter = counter;
        this.in = new JsonCursor(body);
    }

    /** Counts the current value if it is a string; skips any other value. */
    void addText() throws IOException {
        JsonString text = in.text();
        if (text == null) {
            in.skip();
            return;
        }
        int left = counter.exactBytesLeft();
        if (text.utf8Length() <= left) {
            addExact(text);
        } else if (left > 0) {
            JsonString head = text.prefix(left);
            addExact(head);
            counter.addRest(text.utf8Length() - head.utf8Length());
        } else {
            counter.addRest(text.utf8Length());
        }
    }

    private void addExact(JsonString text) {
        Tokenizer tokenizer = counter.tokenizer();
        int tokens = text.utf8Length() < KnownCounts.SHORTEST ? count(tokenizer, text)
                : KnownCounts.SHARED.of(2 * tokenizer.ordinal(), body, text.start(), text.end(),
                        (first, second) -> new KnownCounts.Count(first, second, count(tokenizer, text), text.utf8Length())).tokens();
        counter.addExact(tokens, text.utf8Length());
    }

    private static int count(Tokenizer tokenizer, JsonString text) {
        if (text.isPlain()) {
            return tokenizer.count(text.json(), text.start(), text.end());
        }
        byte[] resolved = text.toUtf8();
        return tokenizer.count(resolved, 0, resolved.length);
    }

    /**
     * Counts the current value only if it is longer than a number of bytes.
     *
     * @return how many of these bytes are left
     */
    int addLonger(int free) throws IOException {
        in.skip();
        int length = in.end() - in.start();
        if (length <= free) {
            return free - length;
        }
        if (in.text() != null) {
            addText();
        } else {
            addJson(body, in.start(), in.end());
        }
        return free;
    }

    /** Counts the name of a member only if it is longer than a number of bytes; returns how many of these are left. */
    int addLonger(String name, int free) {
        if (name.length() <= free) {
            return free - name.length();
        }
        counter.add(name);
        return free;
    }

    /** Counts the current value as compact JSON; a string counts as its text, null as nothing. */
    void addJson() throws IOException {
        if (in.text() != null) {
            addText();
            return;
        }
        in.skip();
        if (!in.isObject() && !in.isArray()) {
            counter.add(in.literal().equals("null") ? "" : in.literal());
            return;
        }
        addJson(body, in.start(), in.end());
    }

    private void addJson(byte[] json, int start, int end) {
        int left = counter.exactBytesLeft();
        if (end - start <= left) {
            addCompact(json, start, end);
        } else {
            int cut = Utf8.cut(json, start, start + left);
            counter.addExact(counter.tokenizer().count(json, start, cut), cut - start);
            counter.addRest(end - cut);
        }
    }

    /** Counts the current value as {@link #addJson()} does, but files in it as {@link #addFile()} does. */
    void addTools(boolean calls, Consumer<ImageSize> images) throws IOException {
        if (!in.isArray()) {
            addJson();
            return;
        }
        in.skip();
        List<JsonString> values = in.mayHaveEncoded() ? EncodedValues.in(body, in.start(), calls) : List.of();
        if (values.isEmpty()) {
            addJson(body, in.start(), in.end());
            return;
        }
        ByteArrayOutputStream rest = new ByteArrayOutputStream();
        int from = in.start();
        for (JsonString value : values) {
            Optional<EncodedFile> file = EncodedFile.in(value);
            if (file.isPresent()) {
                rest.write(body, from, value.start() - from);
                from = value.end();
                addFile(file.get()).ifPresent(images);
            }
        }
        rest.write(body, from, in.end() - from);
        addJson(rest.toByteArray(), 0, rest.size());
    }

    private void addCompact(byte[] json, int start, int end) {
        Tokenizer tokenizer = counter.tokenizer();
        KnownCounts.Count count = KnownCounts.SHARED.of(2 * tokenizer.ordinal() + 1, json, start, end, (first, second) -> {
            byte[] compact = compact(json, start, end - start).getBytes(StandardCharsets.UTF_8);
            return new KnownCounts.Count(first, second, tokenizer.count(compact, 0, compact.length), compact.length);
        });
        counter.addExact(count.tokens(), count.bytes());
    }

    /** The size of the image in the current value, which is a text; empty unless it is one of a known format in base64. */
    Optional<ImageSize> imageSize() {
        return EncodedFile.in(in.text()).flatMap(EncodedFile::imageSize);
    }

    /** Whether the current value, which is a {@code data:} URL, holds a text. */
    boolean isTextFile() {
        return EncodedFile.in(in.text()).map(file -> file.imageSize().isEmpty() && file.isText()).orElse(!EncodedFile.isMarked(in.text()));
    }

    /** Counts the current value, which is a text, unless it is a file that is no text. Returns the size of an image. */
    Optional<ImageSize> addFile() throws IOException {
        Optional<EncodedFile> file = in.text().utf8Length() < EncodedValues.SHORTEST ? Optional.empty() : EncodedFile.in(in.text());
        if (file.isEmpty()) {
            addText();
            return Optional.empty();
        }
        return addFile(file.get());
    }

    private Optional<ImageSize> addFile(EncodedFile file) {
        Optional<ImageSize> size = file.imageSize();
        if (size.isEmpty() && file.isText()) {
            counter.add(file.text());
            if (file.rest() > 0) {
                counter.addRest(file.rest());
            }
        }
        return size;
    }

    private static String compact(byte[] json, int start, int length) {
        StringWriter text = new StringWriter(length);
        try (JsonParser slice = FACTORY.createParser(json, start, length);
                JsonGenerator out = FACTORY.createGenerator(text)) {
            slice.nextToken();
            out.copyCurrentStructure(slice);
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
        return text.toString();
    }
}
