package dev.openaigateway.support;

/**
 * One server-sent event or comment.
 *
 * @param raw          the text with its original line ends, including the blank line
 * @param arrivedNanos {@link System#nanoTime()} of the read that completed it
 */
public record SseEvent(String raw, long arrivedNanos) {

    /** The data lines, joined by line feeds, without field name and first space; empty for a comment. */
    public String data() {
        StringBuilder data = new StringBuilder();
        for (String line : raw.split("\r\n|\n|\r")) {
            if (line.startsWith("data:")) {
                data.append(data.isEmpty() ? "" : "\n").append(line.replaceFirst("^data: ?", ""));
            }
        }
        return data.toString();
    }

    public boolean isDone() {
        return data().equals("[DONE]");
    }

    public boolean isComment() {
        return raw.startsWith(":");
    }
}
