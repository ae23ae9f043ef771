package dev.openaigateway.affinity;

import dev.openaigateway.call.Client;

import java.util.regex.Pattern;

/**
 * The client that created a stored object, or used it first, and the instance that keeps it.
 *
 * @param instance the name of the instance
 * @param resource the resource behind the instance; see {@link Resources}
 * @param model    named by the client's request; empty if it names none
 * @param alias    the public name that the client used for it, or null
 * @param client   the name of the client
 * @param isMade   whether an upstream has made the object for this client; otherwise the client was the first that named it
 */
public record Owner(String instance, String resource, String model, String alias, String client, boolean isMade) {

    /** The name of no client. */
    private static final String NOBODY = "";
    private static final String MADE = "made";
    private static final String USED = "used";
    private static final String BREAK = "\n";
    private static final Pattern BREAKS = Pattern.compile(BREAK);

    /** Whether the client may use it. Every client may if it was created without client keys. */
    public boolean isVisibleTo(String clientName) {
        return client.equals(clientName) || Client.isAnonymous(client);
    }

    /** The same owner of an object that an upstream has made for the client, or that the client was the first to name. */
    Owner having(boolean made) {
        return made == isMade ? this : new Owner(instance, resource, model, alias, client, made);
    }

    /** What stays of an object when its owner has deleted it and others have it too: no client may use it as its own. */
    Owner deleted() {
        return new Owner(instance, resource, model, alias, NOBODY, false);
    }

    /** Whether it is what {@link #deleted} leaves. */
    boolean isDeleted() {
        return client.equals(NOBODY);
    }

    /**
     * Whether it may take the place of another owner of the same object. What was made takes the place of what was only named, since
     * a client can name what is yet to be made. Otherwise the first client stays, because an upstream can be made to repeat an id.
     *
     * @param held null if there is none
     */
    boolean mayReplace(Owner held) {
        return held == null || (isMade == held.isMade ? client.equals(held.client) : isMade);
    }

    String text() {
        return String.join(BREAK, instance, resource, oneLine(client), oneLine(model), alias == null ? "" : oneLine(alias), isMade ? MADE : USED);
    }

    /** Null if the text is none of {@link #text}. Earlier versions wrote five parts: what they had from a named client counts as made. */
    static Owner of(String text) {
        String[] parts = BREAKS.split(text, -1);
        if (parts.length < 5) {
            return null;
        }
        boolean made = parts.length == 5 ? !Client.isAnonymous(parts[2]) : parts[5].equals(MADE);
        return new Owner(parts[0], parts[1], parts[3], parts[4].isEmpty() ? null : parts[4], parts[2], made);
    }

    private static String oneLine(String text) {
        return text.replace('\n', ' ');
    }
}
