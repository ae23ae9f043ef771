package dev.openaigateway.upstream;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InstanceSettings.Target;
import dev.openaigateway.config.Secret;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Masks the key and hosts of an instance in text from its upstream, for clients and logs. A key of fewer than
 * {@value #SHORTEST_KEY} characters is not masked: it is a placeholder such as "none", for an upstream without keys.
 */
public final class Redaction {

    private static final int SHORTEST_KEY = 8;
    private static final Pattern TOKEN = Pattern.compile("(?i:Bearer) [^\\s\"',;]+|eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]*");
    private static final String MASK = "****";

    private Redaction() {
    }

    /** Returns the text masked, on one line, and cut after {@code maxBytes} bytes of UTF-8. */
    static String of(String text, InstanceSettings instance, int maxBytes) {
        String shown = masked(text.replaceAll("\\p{Cntrl}+", " ").strip(), instance);
        byte[] bytes = shown.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= maxBytes ? shown : new String(bytes, 0, maxBytes, StandardCharsets.UTF_8) + "...";
    }

    /** Returns the body masked; the same array if there is nothing to mask. */
    public static byte[] of(byte[] body, InstanceSettings instance) {
        String original = new String(body, StandardCharsets.ISO_8859_1);
        String shown = masked(original, instance);
        return shown.equals(original) ? body : shown.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String masked(String text, InstanceSettings instance) {
        String key = instance.apiKey().value();
        String shown = key.length() < SHORTEST_KEY ? text : text.replace(key, MASK);
        for (Secret fixed : instance.headers().fixed().values()) {
            shown = fixed.value().length() < SHORTEST_KEY ? shown : shown.replace(fixed.value(), MASK);
        }
        shown = instance.identity().isPresent() ? TOKEN.matcher(shown).replaceAll(MASK) : shown;
        shown = withoutHost(shown, instance.apiBase());
        for (var ofModel : instance.targets().values()) {
            for (Target target : ofModel.values()) {
                shown = withoutHost(shown, target.baseUrl());
            }
        }
        return shown;
    }

    /** A host without a dot or colon may be any word, so it is masked only as the URL writes it; others with and without a port. */
    private static String withoutHost(String text, URI address) {
        String authority = address.getRawAuthority();
        String host = authority.replaceFirst(":\\d*$", "");
        String hidden = host.matches("[^.:]+") ? Pattern.quote(authority) : Pattern.quote(host) + "(?::\\d+)?";
        return Pattern.compile(hidden, Pattern.CASE_INSENSITIVE).matcher(text).replaceAll(MASK);
    }
}
