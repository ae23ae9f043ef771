package dev.openaigateway.openai.usage;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds members of a JSON object of any size while its bytes pass. Tracks only strings and nesting, and buffers nothing but the
 * values of those members. Begins at the first brace. Not thread-safe.
 */
public final class MemberTap {

    private static final int LONGEST = 64 * 1024;
    private static final int LONGEST_NAME = 32;

    private final Map<String, Integer> wanted;
    private final Map<String, byte[]> found = new HashMap<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(LONGEST_NAME);
    private final ByteArrayOutputStream value = new ByteArrayOutputStream(0);
    private int depth;
    private boolean begun;
    private boolean inString;
    private boolean escaped;
    private String named;
    private String reading;
    private int readingAt;

    /** @param wanted the names of members, each with the deepest nesting at which it counts; the root's members are at 1 */
    public MemberTap(Map<String, Integer> wanted) {
        this.wanted = Map.copyOf(wanted);
    }

    public void see(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte next = bytes[i];
            if (reading != null && !inString && depth == readingAt && (next == ',' || next == '}' || next == ']')) {
                close();
            }
            if (reading != null && value.size() < LONGEST) {
                value.write(next);
            }
            if (inString) {
                inString(next);
            } else {
                between(next);
            }
        }
    }

    /** Whether the object was seen to its end. */
    public boolean isComplete() {
        return begun && depth == 0;
    }

    /** The JSON of the last such value; null if there was none. */
    public byte[] value(String name) {
        return found.get(name);
    }

    private void inString(byte next) {
        if (escaped) {
            escaped = false;
        } else if (next == '\\') {
            escaped = true;
        } else if (next == '"') {
            inString = false;
            named = reading == null && text.size() < LONGEST_NAME ? text.toString(StandardCharsets.UTF_8) : null;
        }
        if (inString && text.size() < LONGEST_NAME) {
            text.write(next);
        }
    }

    private void between(byte next) {
        switch (next) {
            case '"' -> {
                inString = depth > 0;
                text.reset();
            }
            case '{', '[' -> {
                begun |= next == '{';
                depth += begun ? 1 : 0;
            }
            case '}', ']' -> depth -= begun ? 1 : 0;
            case ':' -> begin();
            default -> {
            }
        }
    }

    private void begin() {
        if (reading == null && named != null && wanted.getOrDefault(named, 0) >= depth) {
            reading = named;
            readingAt = depth;
            value.reset();
        }
        named = null;
    }

    private void close() {
        if (value.size() < LONGEST) {
            found.put(reading, value.toByteArray());
        }
        reading = null;
    }
}
