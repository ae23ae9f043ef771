package dev.openaigateway.events;

import dev.openaigateway.config.Secret;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Makes the value of an {@code Authorization} header from the user and the password in a URL. */
final class BasicCredentials {

    private BasicCredentials() {
    }

    /** @param user name and password as in a URL, separated by a colon; the password may be missing */
    static Secret of(String user) {
        int colon = user.indexOf(':');
        String name = colon < 0 ? user : user.substring(0, colon);
        String password = colon < 0 ? "" : user.substring(colon + 1);
        String both = decoded(name) + ":" + decoded(password);
        return new Secret("Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8)));
    }

    /** As it is if it is not percent-encoded. */
    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException plain) {
            return text;
        }
    }
}
