package dev.openaigateway.bench;

import io.vertx.core.buffer.Buffer;

import java.nio.charset.StandardCharsets;

/** Reads the lines of one stream; a buffer may end in the middle of a line. */
final class StreamReader {

    private final StreamResult result;
    private String rest = "";

    StreamReader(StreamResult result) {
        this.result = result;
    }

    void read(Buffer piece) {
        long now = Clock.micros();
        String text = rest + piece.toString(StandardCharsets.ISO_8859_1);
        int from = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
            line(text.substring(from, end), now);
            from = end + 1;
        }
        rest = text.substring(from);
    }

    private void line(String line, long now) {
        long stamp = Chat.stampOf(line);
        if (stamp >= 0) {
            result.event(now - stamp);
        } else if (line.startsWith(Chat.DONE)) {
            result.completed();
        }
    }
}
