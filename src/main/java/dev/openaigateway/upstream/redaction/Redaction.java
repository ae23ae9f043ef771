package dev.openaigateway.upstream.redaction;

import dev.openaigateway.config.HeaderSettings;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InstanceSettings.Target;
import dev.openaigateway.config.Secret;
import dev.openaigateway.config.Settings;
import dev.openaigateway.text.Excerpt;
import dev.openaigateway.text.SecretMask;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Masks the keys of all instances, and the hosts of the one that responded, in text from its upstream, for clients and logs.
 * An upstream may quote the key of another instance, such as one that is a proxy before it. Immutable.
 */
public final class Redaction {

    /** Ends before a backslash, with which JSON escapes what follows the token, unless it escapes a character that a token may have. */
    private static final String BEARER = "(?i:Bearer)(?: |%20|\\+)[^\\s\"',;\\\\]++(?:\\\\++(?i:/|u002b|u002f|u003d)[^\\s\"',;\\\\]*+)*+";
    /** The first part, which names the algorithm and the key, is short. Its bound keeps the time for a text of many beginnings linear. */
    private static final String WEB_TOKEN = "eyJ[\\w-]{1,512}+\\.[\\w-]+\\.[\\w-]*";
    private static final Pattern JWT = Pattern.compile("(?:" + HostMask.ESCAPE + ")?" + WEB_TOKEN);
    private static final Pattern TOKEN = Pattern.compile("(?:" + HostMask.ESCAPE + ")?(?:" + BEARER + "|" + WEB_TOKEN + ")");

    private final Set<String> keys;
    private final SecretMask mask;

    /** Masks the keys that these settings have. */
    public Redaction(Settings settings) {
        keys = new HashSet<>();
        settings.instances().forEach(instance -> keys.addAll(keysOf(instance)));
        mask = new SecretMask(keys);
    }

    /** The key, and the values of headers that look secret, as a whole and without their scheme, such as {@code Bearer}. */
    private static List<String> keysOf(InstanceSettings instance) {
        List<String> keys = new ArrayList<>(List.of(instance.apiKey().value()));
        instance.headers().fixed().forEach((name, value) -> {
            if (HeaderSettings.isSecret(name)) {
                keys.add(value.value());
                keys.add(value.value().substring(value.value().lastIndexOf(' ') + 1));
            }
        });
        return keys;
    }

    /** Returns the text masked, on one line, and cut after at most {@code maxBytes} bytes of UTF-8. */
    public String of(String text, InstanceSettings instance, int maxBytes) {
        return Excerpt.markedBytes(masked(text.replaceAll("\\p{Cntrl}+", " ").strip(), instance), maxBytes);
    }

    /** Returns the body masked; the same array if there is nothing to mask. */
    public byte[] of(byte[] body, InstanceSettings instance) {
        return changed(body, text -> masked(text, instance));
    }

    /** Masks only what a good response would not have either, which may name hosts and the values of harmless headers. Otherwise as {@link #of}. */
    public byte[] withoutKeys(byte[] body, InstanceSettings instance) {
        byte[] shown = maskFor(instance, List.of()).in(body);
        return instance.identity().isPresent() ? changed(shown, text -> JWT.matcher(text).replaceAll(SecretMask.MASK)) : shown;
    }

    /** Finds what {@link #withoutKeys} may mask in what this instance sends. */
    public KeySearch search(InstanceSettings instance) {
        return new KeySearch(maskFor(instance, List.of()), instance.identity().isPresent());
    }

    private static byte[] changed(byte[] body, UnaryOperator<String> change) {
        String original = new String(body, StandardCharsets.ISO_8859_1);
        String shown = change.apply(original);
        return shown.equals(original) ? body : shown.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Returns the value of a header with the keys masked, and nothing else: each response has headers. */
    public String ofHeader(String value, InstanceSettings instance) {
        return maskFor(instance, List.of()).in(value);
    }

    private String masked(String text, InstanceSettings instance) {
        String shown = maskFor(instance, instance.headers().fixed().values().stream().map(Secret::value).toList()).in(text);
        shown = instance.identity().isPresent() ? TOKEN.matcher(shown).replaceAll(SecretMask.MASK) : shown;
        shown = HostMask.in(shown, instance.apiBase());
        for (var ofModel : instance.targets().values()) {
            for (Target target : ofModel.values()) {
                shown = HostMask.in(shown, target.baseUrl());
            }
        }
        return shown;
    }

    /** The instance of a request may have been replaced by a reload since. */
    private SecretMask maskFor(InstanceSettings instance, List<String> more) {
        if (keys.contains(instance.apiKey().value()) && keys.containsAll(more)) {
            return mask;
        }
        List<String> all = new ArrayList<>(keys);
        all.addAll(keysOf(instance));
        all.addAll(more);
        return new SecretMask(all);
    }
}
