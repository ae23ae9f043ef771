package dev.openaigateway.config;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The headers of requests to an instance and of its responses, beside those that always pass.
 *
 * @param fixed     sent with each request; a client cannot set them
 * @param forwarded names of clients' headers that are sent on, in lower case; {@code *} at the end of a name stands for any ending
 * @param dropped   names in the same form, of headers that are neither sent on nor returned
 */
public record HeaderSettings(Map<String, Secret> fixed, List<String> forwarded, List<String> dropped) {

    public static final HeaderSettings NONE = new HeaderSettings(Map.of(), List.of(), List.of());

    public HeaderSettings {
        fixed = Map.copyOf(fixed);
        forwarded = List.copyOf(forwarded);
        dropped = List.copyOf(dropped);
    }

    /** Whether one of the names or beginnings matches, without regard to case. */
    public static boolean matches(List<String> names, String header) {
        for (String name : names) {
            int stem = name.length() - 1;
            if (name.charAt(stem) == '*' ? header.regionMatches(true, 0, name, 0, stem) : name.equalsIgnoreCase(header)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the name looks like that of a credential, so that its value must not be shown. */
    public static boolean isSecret(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return List.of("auth", "key", "token", "secret", "password", "cookie", "credential", "signature").stream().anyMatch(name::contains);
    }
}
