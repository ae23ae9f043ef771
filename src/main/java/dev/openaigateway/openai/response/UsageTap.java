package dev.openaigateway.openai.response;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.openaigateway.openai.Usage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Finds {@code usage} in a JSON response of any size while its bytes are relayed. Tracks only strings and nesting, and
 * buffers nothing but the usage object. Not thread-safe.
 */
public final class UsageTap {

    private static final JsonFactory JSON = new JsonFactory();
    private static final byte[] NAME = "usage".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST = 64 * 1024;

    private final ByteArrayOutputStream value = new ByteArrayOutputStream(0);
    private int depth;
    private boolean inString;
    private boolean escaped;
    private int matched;
    private boolean named;
    private boolean inUsage;
    private Usage usage;

    /** Scans the next {@code length} bytes of the response. */
    public void see(byte[] bytes, int length) {
        for (int i = 0; i < length; i++) {
            byte next = bytes[i];
            if (inString) {
                inString(next);
            } else {
                between(next);
            }
            if (inUsage && value.size() < LONGEST) {
                value.write(next);
            }
        }
    }

    /** The usage, or null if none was found. */
    public Usage found() {
        return usage;
    }

    private void inString(byte next) {
        if (escaped) {
            escaped = false;
            matched = -1;
        } else if (next == '\\') {
            escaped = true;
        } else if (next == '"') {
            inString = false;
            named = depth == 1 && matched == NAME.length;
        } else {
            matched = matched >= 0 && matched < NAME.length && NAME[matched] == next ? matched + 1 : -1;
        }
    }

    private void between(byte next) {
        switch (next) {
            case '"' -> {
                inString = true;
                matched = 0;
            }
            case '{', '[' -> {
                depth++;
                inUsage |= named && next == '{';
                named = false;
            }
            case '}', ']' -> {
                depth--;
                if (inUsage && depth == 1) {
                    close();
                }
            }
            case ',' -> named = false;
            default -> {
            }
        }
    }

    private void close() {
        inUsage = false;
        value.write('}');
        try (JsonParser parser = JSON.createParser(value.toByteArray())) {
            parser.nextToken();
            usage = UsageReader.read(parser);
        } catch (IOException e) {
            // The response is relayed all the same; its usage is unknown.
            usage = null;
        }
        value.reset();
    }
}
