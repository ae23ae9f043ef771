package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.ClientSettings;
import dev.openaigateway.config.ClientSettings.ClientKey;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code clients}. */
final class ClientBinder {

    private ClientBinder() {
    }

    static ClientSettings bind(Section section) {
        ClientSettings clients = new ClientSettings(
                section.value("header", "api-key", ValueParsers::header),
                keys(section),
                section.value("max_bad_keys", 5, ValueParsers.integer(0, 1_000_000)),
                Duration.ofSeconds(section.value("block_seconds", 300, ValueParsers.integer(0, 86_400 * 30))),
                section.value("request_timeout", Duration.ofSeconds(60), ValueParsers.seconds(0.001)),
                section.value("idle_timeout", Duration.ofSeconds(4200), ValueParsers.seconds(0.001)),
                section.value("write_timeout", Duration.ofSeconds(60), ValueParsers.seconds(0.001)),
                section.value("body_memory", 0L, ValueParsers.number(0, Long.MAX_VALUE)),
                section.value("max_header_size", 40 * 1024, ValueParsers.integer(1024, 16 * 1024 * 1024)),
                section.list("allowed_hosts", List.of(), AddressParsers::hostName),
                section.list("trusted_proxies", List.of(), AddressParsers::addressRange));
        section.refuseUnknownKeys();
        return clients;
    }

    /** A key is an object, or plain text; the client of the latter is named {@code client-1} and so on. */
    private static List<ClientKey> keys(Section clients) {
        List<ClientKey> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> values = new HashSet<>();
        List<JsonNode> items = clients.items("keys");
        for (int i = 0; i < items.size(); i++) {
            ObjectNode object = items.get(i) instanceof ObjectNode written
                    ? written
                    : JsonNodeFactory.instance.objectNode().set("key", items.get(i));
            Section section = clients.element("keys", i, object);
            ClientKey key = new ClientKey(
                    section.value("name", "client-" + (i + 1), ValueParsers::name),
                    section.secret("key", ValueParsers::text),
                    section.value("tpm", 0L, ValueParsers.number(0, Long.MAX_VALUE)),
                    section.value("rpm", 0L, ValueParsers.number(0, Long.MAX_VALUE)),
                    Set.copyOf(section.list("models", List.of(), ValueParsers::text)));
            section.refuseUnknownKeys();
            if (key.key().isBlank()) {
                section.problem("key", null, "must have a value");
            } else if (!values.add(key.key().value().strip())) {
                section.problem("key", "****", "is the key of an earlier client; keys must be unique");
            }
            if (!names.add(key.name())) {
                section.problem("name", key.name(), "is the name of an earlier client; names must be unique");
            }
            keys.add(key);
        }
        return keys;
    }
}
