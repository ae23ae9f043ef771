package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.problem.InvalidSettingsException;

import java.util.Map;
import java.util.Optional;

/**
 * Reads a JSON file with {@code instances}, such as {@code azure_instances.json}: a list of endpoints with their keys, used
 * round robin. In addition to this format's own keys, all keys of {@code instances.yaml} are accepted.
 */
final class AzureInstancesReader {

    private static final Map<String, String> INSTANCE_KEYS = Map.of("endpoint", "api_base", "header_name", "key_header");

    private final Document document;
    private final SettingsTree tree = new SettingsTree();

    private AzureInstancesReader(Document document) {
        this.document = document;
    }

    static SettingsTree read(Document document) throws InvalidSettingsException {
        return new AzureInstancesReader(document).tree();
    }

    private SettingsTree tree() throws InvalidSettingsException {
        JsonNode instances = document.root().path("instances");
        if (!instances.isArray()) {
            throw new InvalidSettingsException(document.origin("instances").problem(null, "must be a list"));
        }
        if (!document.root().has("routing")) {
            tree.put(document.origin("instances"), "round_robin", "routing", "strategy");
            tree.put(document.origin("instances"), String.valueOf(Math.max(0, instances.size() - 1)), "routing", "retries");
        }
        for (int i = 0; i < instances.size(); i++) {
            putInstance(instances.get(i), SettingsTree.item("instances", i));
        }
        document.putNamed(tree, "models", document.root().path("models"));
        document.root().properties().forEach(entry -> {
            switch (entry.getKey()) {
                case "instances", "models", "header_name" -> { }
                case "client_header_name" -> putTop(entry.getKey(), "clients", "header");
                case "client_keys" -> putTop(entry.getKey(), "clients", "keys");
                default -> putTop(entry.getKey(), entry.getKey());
            }
        });
        return tree;
    }

    private void putTop(String key, String... keys) {
        tree.put(document.origin(key), document.root().get(key), keys);
    }

    private void putInstance(JsonNode instance, String path) throws InvalidSettingsException {
        if (!instance.isObject()) {
            throw new InvalidSettingsException(document.origin(path).problem(null, "must be an object with an endpoint"));
        }
        String name = freeName(instance.path("name").asText(hostLabel(instance.path("endpoint").asText())));
        tree.put(document.origin(path), name, "instances", name, "name");
        JsonNode header = document.root().get("header_name");
        if (header != null) {
            tree.put(document.origin("header_name"), header, "instances", name, "key_header");
        }
        instance.properties().stream().filter(entry -> !entry.getKey().equals("name")).forEach(entry ->
                tree.put(document.origin(path + "." + entry.getKey()), entry.getValue(),
                        "instances", name, INSTANCE_KEYS.getOrDefault(entry.getKey(), entry.getKey())));
    }

    /** The first label of the host, by which operators know their resources. */
    private static String hostLabel(String endpoint) {
        return Optional.of(endpoint)
                .map(text -> text.replaceFirst("^[A-Za-z]+://", "").replaceFirst("[.:/?#].*", ""))
                .filter(label -> label.matches("[A-Za-z0-9_-]+"))
                .orElse("instance");
    }

    private String freeName(String preferred) {
        String name = preferred;
        for (int i = 2; tree.instances().has(name); i++) {
            name = preferred + "-" + i;
        }
        return name;
    }
}
