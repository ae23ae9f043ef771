package dev.openaigateway.relay.longevent;

import dev.openaigateway.json.JsonByteWalker;
import dev.openaigateway.openai.CompletionCounter;

import java.nio.charset.StandardCharsets;

/** Counts the texts of JSON that is too long to be held, by their raw bytes: without images and sound. Counts all of what has no JSON object. Not thread-safe. */
public final class LongTexts {

    private final JsonByteWalker json = new JsonByteWalker();
    private final TextPath path = new TextPath();
    private boolean begun;
    private boolean known;

    /**
     * Takes the next bytes.
     *
     * @param counter null if nothing is counted
     */
    public void see(byte[] bytes, int start, int end, CompletionCounter counter) {
        int from = -1;
        for (int at = start; at < end; at++) {
            boolean text = begun && json.isInString() && (bytes[at] != '"' || json.isEscaping()) && path.isText(json.depth());
            if (counter != null && !text && from >= 0) {
                counter.add(new String(bytes, from, at - from, StandardCharsets.UTF_8));
            }
            from = !text ? -1 : from < 0 ? at : from;
            begun |= bytes[at] == '{';
            if (begun) {
                step(bytes[at]);
            }
        }
        if (counter != null && (from >= 0 || !known)) {
            int first = known ? from : start;
            counter.add(new String(bytes, first, end - first, StandardCharsets.UTF_8));
        }
    }

    private void step(byte next) {
        if (!json.isInString() && (next == ',' || next == '}' || next == ']')) {
            path.end(json.depth());
        }
        json.step(next);
        if (json.member() != null) {
            known = true;
            path.begin(json.member(), json.depth());
        }
    }
}
