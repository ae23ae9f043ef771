package dev.openaigateway.images;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.json.JsonCursor;
import dev.openaigateway.json.JsonSpan;
import dev.openaigateway.json.JsonString;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The images in a JSON response, each in Base64 in an object of the list {@code data}. They are found in place, since each copy takes as much heap as they do. */
final class InlineImages {

    /**
     * An object with an image.
     *
     * @param object its position
     * @param data   the position of the Base64
     * @param others its other members, each with a comma, without {@code url}
     */
    private record Found(JsonSpan object, JsonSpan data, byte[] others) {
    }

    /** The members beside an image, and two of the growing response. */
    private static final int COPIES = 3;

    private final byte[] json;
    private final List<Found> images = new ArrayList<>();

    private InlineImages(byte[] json) {
        this.json = json;
    }

    /** @throws IOException if the bytes are no JSON object */
    static InlineImages in(byte[] json) throws IOException {
        InlineImages found = new InlineImages(json);
        JsonCursor cursor = new JsonCursor(json);
        if (!cursor.begin()) {
            throw new IOException("no JSON object");
        }
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            if (name.equals("data") && cursor.isArray()) {
                found.readList(cursor);
            } else {
                cursor.skip();
            }
        }
        return found;
    }

    private void readList(JsonCursor cursor) throws IOException {
        while (cursor.nextElement()) {
            if (cursor.isObject()) {
                readObject(cursor);
            } else {
                cursor.skip();
            }
        }
    }

    private void readObject(JsonCursor cursor) throws IOException {
        int start = cursor.start();
        JsonSpan data = null;
        ByteArrayOutputStream others = new ByteArrayOutputStream();
        for (String name = cursor.nextField(); name != null; name = cursor.nextField()) {
            JsonString text = cursor.text();
            int from = cursor.start();
            cursor.skip();
            if (name.equals("b64_json") && text != null) {
                data = new JsonSpan(text.start(), text.end());
            } else if (!name.equals("url")) {
                others.writeBytes(quoted(name));
                others.write(':');
                others.write(json, from, cursor.end() - from);
                others.write(',');
            }
        }
        if (data != null) {
            images.add(new Found(new JsonSpan(start, cursor.end()), data, others.toByteArray()));
        }
    }

    boolean isEmpty() {
        return images.isEmpty();
    }

    /** The heap that the decoded images take, as {@link MemoryBudget#ofArray} counts it. */
    long decodedBytes() {
        return images.stream().mapToLong(image -> MemoryBudget.ofArray(3L * (image.data.end() - image.data.start()) / 4 + 3)).sum();
    }

    /** The heap for what is copied beside the images: Base64 with escapes once, and all that is no Base64 into the new response, which grows. */
    long copiedBytes() {
        long escaped = 0;
        long rest = json.length;
        for (Found image : images) {
            int length = image.data.end() - image.data.start();
            escaped += isEscaped(image) ? MemoryBudget.ofArray(length) : 0;
            rest -= length;
        }
        return escaped + COPIES * rest;
    }

    /** @throws IllegalArgumentException if one is no Base64 */
    List<byte[]> decoded() {
        List<byte[]> decoded = new ArrayList<>(images.size());
        for (Found image : images) {
            ByteBuffer base64 = ByteBuffer.wrap(json, image.data.start(), image.data.end() - image.data.start());
            decoded.add(Base64.getDecoder().decode(isEscaped(image) ? unescaped(base64) : base64).array());
        }
        return decoded;
    }

    private boolean isEscaped(Found image) {
        for (int i = image.data.start(); i < image.data.end(); i++) {
            if (json[i] == '\\') {
                return true;
            }
        }
        return false;
    }

    /** Some libraries escape each slash. Another escape is no Base64, and neither is the letter that it leaves behind a backslash. */
    private static ByteBuffer unescaped(ByteBuffer text) {
        ByteBuffer plain = ByteBuffer.allocate(text.remaining());
        while (text.hasRemaining()) {
            byte next = text.get();
            boolean isSlash = next == '\\' && text.hasRemaining() && text.get(text.position()) == '/';
            plain.put(isSlash ? text.get() : next);
        }
        return plain.flip();
    }

    /** The response with an address in place of each image. */
    byte[] replacedBy(List<String> urls) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        for (int i = 0; i < images.size(); i++) {
            Found image = images.get(i);
            out.write(json, from, image.object.start() - from);
            out.write('{');
            out.writeBytes(image.others);
            out.writeBytes("\"url\":".getBytes(StandardCharsets.US_ASCII));
            out.writeBytes(quoted(urls.get(i)));
            out.write('}');
            from = image.object.end();
        }
        out.write(json, from, json.length - from);
        return out.toByteArray();
    }

    private static byte[] quoted(String text) {
        return ('"' + new String(JsonStringEncoder.getInstance().quoteAsString(text)) + '"').getBytes(StandardCharsets.UTF_8);
    }
}
