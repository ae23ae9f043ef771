package dev.openaigateway.events;

import dev.openaigateway.config.Secret;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The address of a webhook. Its query is sent as it is written, since it may be signed; Camel would sort it, decode it and take
 * parts of it as options. A user and a password before the host become basic credentials.
 *
 * @param url         without user, query and fragment
 * @param query       null if there is none
 * @param credentials the value of {@code Authorization}; blank if there are none
 */
record WebhookAddress(Secret url, Secret query, Secret credentials) {

    static WebhookAddress of(String address) {
        int fragment = address.indexOf('#');
        String text = fragment < 0 ? address : address.substring(0, fragment);
        int question = text.indexOf('?');
        String base = question < 0 ? text : text.substring(0, question);
        String query = question < 0 ? "" : text.substring(question + 1);
        int host = base.indexOf("://") + 3;
        int path = base.indexOf('/', Math.max(host, 3));
        int at = base.lastIndexOf('@', path < 0 ? base.length() : path);
        if (host < 3 || at < host) {
            return new WebhookAddress(new Secret(base), new Secret(query), Secret.NONE);
        }
        return new WebhookAddress(new Secret(base.substring(0, host) + base.substring(at + 1)), new Secret(query), BasicCredentials.of(base.substring(host, at)));
    }

    /** Makes the next step of camel-http call this address. */
    void applyTo(Message message) {
        message.setHeader(Exchange.HTTP_URI, url.value());
        if (query.isBlank()) {
            message.removeHeader(Exchange.HTTP_RAW_QUERY);
        } else {
            message.setHeader(Exchange.HTTP_RAW_QUERY, query.value());
        }
        if (!credentials.isBlank()) {
            message.setHeader("Authorization", credentials.value());
        }
    }
}
