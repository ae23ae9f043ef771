package dev.openaigateway.upstream;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InstanceSettings.Target;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Makes an upstream's words fit for clients and logs: no key and no host. A key of less than {@value #SHORTEST_KEY}
 * characters is none: such as "none" are set where an upstream asks for no key.
 */
public final class Redaction {

    private static final int SHORTEST_KEY = 8;
    private static final String MASK = "****";

    private Redaction() {
    }

    /** One line, and not too long. */
    static String of(String words, InstanceSettings instance, int maxBytes) {
        String shown = masked(words.replaceAll("\\p{Cntrl}+", " ").strip(), instance);
        byte[] bytes = shown.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= maxBytes ? shown : new String(bytes, 0, maxBytes, StandardCharsets.UTF_8) + "...";
    }

    /** What an upstream says, byte for byte where it gives nothing away. */
    public static byte[] of(byte[] words, InstanceSettings instance) {
        String said = new String(words, StandardCharsets.ISO_8859_1);
        String shown = masked(said, instance);
        return shown.equals(said) ? words : shown.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String masked(String words, InstanceSettings instance) {
        String key = instance.apiKey().value();
        String shown = key.length() < SHORTEST_KEY ? words : words.replace(key, MASK);
        shown = withoutHost(shown, instance.apiBase());
        for (var ofModel : instance.targets().values()) {
            for (Target target : ofModel.values()) {
                shown = withoutHost(shown, target.baseUrl());
            }
        }
        return shown;
    }

    /** A bare name may be any word; what has a dot or a colon is masked with and without a port. */
    private static String withoutHost(String words, URI address) {
        String authority = address.getRawAuthority();
        String host = authority.replaceFirst(":\\d*$", "");
        String hidden = host.matches("[^.:]+") ? Pattern.quote(authority) : Pattern.quote(host) + "(?::\\d+)?";
        return Pattern.compile(hidden, Pattern.CASE_INSENSITIVE).matcher(words).replaceAll(MASK);
    }
}
