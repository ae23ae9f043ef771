package dev.openaigateway.relay;

import org.apache.camel.Exchange;
import org.apache.camel.Message;

import java.util.Locale;

/**
 * The media type that an upstream's response states.
 *
 * @param text in lower case; empty if there is none
 */
record MediaType(String text) {

    private static final String JSON = "application/json";

    static MediaType of(Message response) {
        Object type = response.getHeader(Exchange.CONTENT_TYPE);
        return new MediaType(type == null ? "" : JSON.equals(type) ? JSON : type.toString().strip().toLowerCase(Locale.ROOT));
    }

    boolean isEventStream() {
        return text.startsWith("text/event-stream");
    }

    boolean isJson() {
        return text.startsWith(JSON) || text.contains("+json");
    }

    /** A page of a proxy or a login, which is no response of a model. */
    boolean isMarkup() {
        return text.startsWith("text/html");
    }

    /** Audio and images may begin with any byte, so their kind cannot be detected from their first bytes. */
    boolean isMedia() {
        return text.startsWith("audio/") || text.startsWith("image/") || text.startsWith("video/");
    }

    boolean isAbsent() {
        return text.isEmpty();
    }
}
