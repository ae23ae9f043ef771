package dev.openaigateway.upstream;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import java.util.Locale;
import java.util.Set;

/**
 * The media type that an upstream's response states.
 *
 * @param text in lower case, without parameters; empty if there is none
 */
public record MediaType(String text) {

    private static final String JSON = "application/json";
    private static final Set<String> JSON_LINES = Set.of("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines",
            "application/jsonlines", "application/stream+json", "application/json-seq", "application/x-json-stream");

    public static MediaType of(Message response) {
        Object type = response.getHeader(Exchange.CONTENT_TYPE);
        return new MediaType(type == null ? "" : JSON.equals(type) ? JSON : type.toString().strip().toLowerCase(Locale.ROOT).split("[;,\\s]", 2)[0]);
    }

    public boolean isEventStream() {
        return text.equals("text/event-stream");
    }

    public boolean isJson() {
        return text.equals(JSON) || text.equals("text/json") || text.endsWith("+json");
    }

    /** JSON values one after the other, which come as they are made. */
    public boolean isJsonLines() {
        return JSON_LINES.contains(text);
    }

    /** A page of a proxy or a login, which is not a response of a model. */
    public boolean isMarkup() {
        return text.contains("html");
    }

    /** Audio and images may begin with any byte, so their kind cannot be detected from their first bytes. */
    public boolean isMedia() {
        return text.startsWith("audio/") || text.startsWith("image/") || text.startsWith("video/");
    }

    public boolean isAbsent() {
        return text.isEmpty();
    }
}
