package dev.openaigateway.config.load;

import dev.openaigateway.config.ClientSettings;
import dev.openaigateway.config.ClientSettings.UnknownObjects;

import java.time.Duration;
import java.util.List;

/** Reads {@code clients}. */
final class ClientBinder {

    private ClientBinder() {
    }

    static ClientSettings bind(Section section) {
        ClientSettings clients = new ClientSettings(
                section.value("header", "api-key", ValueParsers::header),
                KeyBinder.bind(section),
                section.value("max_bad_keys", 5, ValueParsers.integer(0, 1_000_000)),
                Duration.ofSeconds(section.value("block_seconds", 300, ValueParsers.integer(0, 86_400 * 30))),
                section.value("request_timeout", Duration.ofSeconds(60), Seconds.atLeast(0.001)),
                section.value("idle_timeout", Duration.ofSeconds(4200), Seconds.atLeast(0.001)),
                section.value("write_timeout", Duration.ofSeconds(60), Seconds.atLeast(0.001)),
                section.value("body_memory", 0L, ValueParsers.number(0, Long.MAX_VALUE)),
                section.value("max_header_size", 40 * 1024, ValueParsers.integer(1024, 16 * 1024 * 1024)),
                section.list("allowed_hosts", List.of(), AddressParsers::hostName),
                section.value("unknown_objects", UnknownObjects.FIRST, ValueParsers.oneOf(UnknownObjects.class)),
                section.list("trusted_proxies", List.of(), AddressParsers::addressRange));
        section.refuseUnknownKeys();
        return clients;
    }
}
