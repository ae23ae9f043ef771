package dev.openaigateway.upstream;

import dev.openaigateway.config.InstanceSettings;

import java.nio.charset.StandardCharsets;

/** Makes an upstream's words fit for clients and logs: no key, no host, one line, and not too long. */
final class Redaction {

    private Redaction() {
    }

    static String of(String words, InstanceSettings instance, int maxBytes) {
        String shown = words.replaceAll("\\p{Cntrl}+", " ").strip();
        if (!instance.apiKey().isBlank()) {
            shown = shown.replace(instance.apiKey().value(), "****");
        }
        shown = shown.replace(instance.apiBase().getHost(), "****");
        byte[] bytes = shown.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= maxBytes ? shown : new String(bytes, 0, maxBytes, StandardCharsets.UTF_8) + "...";
    }
}
