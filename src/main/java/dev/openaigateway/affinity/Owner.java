package dev.openaigateway.affinity;

import dev.openaigateway.call.Client;

import java.util.regex.Pattern;

/**
 * The client that created a stored object, and the instance that keeps it.
 *
 * @param instance the name of the instance
 * @param resource the resource behind the instance; see {@link Resources}
 * @param model    named by the client's request; empty if it names none
 * @param alias    the public name that the client used for it, or null
 * @param client   the name of the client that created it
 */
public record Owner(String instance, String resource, String model, String alias, String client) {

    private static final String BREAK = "\n";
    private static final Pattern BREAKS = Pattern.compile(BREAK);

    /** Whether the client may use it. Every client may if it was created without client keys. */
    public boolean isVisibleTo(String clientName) {
        return client.equals(clientName) || Client.isAnonymous(client);
    }

    String text() {
        return String.join(BREAK, instance, resource, oneLine(client), oneLine(model), alias == null ? "" : oneLine(alias));
    }

    /** Null if the text is none of {@link #text}. */
    static Owner of(String text) {
        String[] parts = BREAKS.split(text, -1);
        return parts.length < 5 ? null : new Owner(parts[0], parts[1], parts[3], parts[4].isEmpty() ? null : parts[4], parts[2]);
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ');
    }
}
