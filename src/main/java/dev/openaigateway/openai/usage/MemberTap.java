package dev.openaigateway.openai.usage;

import dev.openaigateway.json.JsonByteWalker;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Finds members of a JSON object of any size while its bytes pass. Buffers nothing but the values of those members. Begins at the first brace. Not thread-safe.
 */
public final class MemberTap {

    private static final int LONGEST = 64 * 1024;

    private final Map<String, Integer> wanted;
    private final Map<String, byte[]> found = new HashMap<>();
    private final JsonByteWalker json = new JsonByteWalker();
    private final ByteArrayOutputStream value = new ByteArrayOutputStream(0);
    private boolean begun;
    private String reading;
    private int readingAt;

    /** @param wanted the names of members, each with the deepest nesting at which it counts; the root's members are at 1 */
    public MemberTap(Map<String, Integer> wanted) {
        this.wanted = Map.copyOf(wanted);
    }

    public void see(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            begun |= bytes[i] == '{';
            if (begun) {
                see(bytes[i]);
            }
        }
    }

    private void see(byte next) {
        if (reading != null && json.endsMember(next, readingAt)) {
            close();
        }
        if (reading != null && value.size() < LONGEST) {
            value.write(next);
        }
        json.step(next);
        String member = json.member();
        if (reading == null && member != null && wanted.getOrDefault(member, 0) >= json.depth()) {
            reading = member;
            readingAt = json.depth();
            value.reset();
        }
    }

    /** Whether the object was seen to its end. */
    public boolean isComplete() {
        return begun && json.depth() == 0;
    }

    /** The JSON of the last such value; null if there was none. */
    public byte[] value(String name) {
        return found.get(name);
    }

    private void close() {
        if (value.size() < LONGEST) {
            found.put(reading, value.toByteArray());
        }
        reading = null;
    }
}
