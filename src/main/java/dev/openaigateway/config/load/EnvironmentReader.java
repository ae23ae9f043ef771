package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads settings from environment variables; {@link InstanceVariables} reads the instances. */
final class EnvironmentReader {

    private static final String TPM_WHEN_ONLY_SWITCHED_ON = "30000";

    /** Ordered by precedence, lowest first, for variables of the same setting. */
    private static final Map<String, List<String>> VARIABLES = variables();

    private EnvironmentReader() {
    }

    private static Map<String, List<String>> variables() {
        Map<String, List<String>> variables = new LinkedHashMap<>();
        variables.put("FOAP_HOST", List.of("host"));
        variables.put("HOST", List.of("host"));
        variables.put("FOAP_PORT", List.of("port"));
        variables.put("PORT", List.of("port"));
        variables.put("WARM_UP", List.of("warm_up"));
        variables.put("BASE_URL", List.of("base_url"));
        variables.put("FOAP_LOGLEVEL", List.of("logging", "level"));
        variables.put("LOG_LEVEL", List.of("logging", "level"));
        variables.put("FEISHU_WEBHOOK_URL", List.of("logging", "feishu_webhook"));
        variables.put("OTEL_EXPORTER_OTLP_ENDPOINT", List.of("traces", "endpoint"));
        variables.put("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", List.of("traces", "endpoint"));
        variables.put("API_ROUTING_STRATEGY", List.of("routing", "strategy"));
        variables.put("RATE_LIMIT_ENABLED", List.of("rate_limit", "enabled"));
        variables.put("RATE_LIMIT_TPM", List.of("rate_limit", "tpm"));
        variables.put("REDIS_URL", List.of("rate_limit", "redis_url"));
        variables.put("REDIS_TIMEOUT", List.of("rate_limit", "redis_timeout"));
        variables.put("USE_REDIS_RATE_LIMITER", List.of("rate_limit", "use_redis"));
        variables.put("ADMIN_TOKEN", List.of("admin", "token"));
        variables.put("MONITOR_TOKEN", List.of("admin", "monitor_token"));
        variables.put("ERROR_BODY_MAX_BYTES", List.of("admin", "error_body_max_bytes"));
        variables.put("MAX_BAD_KEYS", List.of("clients", "max_bad_keys"));
        variables.put("BLOCK_SECONDS", List.of("clients", "block_seconds"));
        return variables;
    }

    /**
     * @param lower the settings from files, whose instances variables may change
     * @throws InvalidSettingsException if a variable names an instance that is not configured, or is malformed
     */
    static SettingsTree read(Environment environment, SettingsTree lower, KnownProviders providers) throws InvalidSettingsException {
        SettingsTree tree = new SettingsTree();
        VARIABLES.forEach((name, path) -> environment.variable(name)
                .ifPresent(value -> tree.put(Origin.variable(name), value, path.toArray(String[]::new))));
        Optional<String> enabled = environment.variable("RATE_LIMIT_ENABLED");
        if (enabled.filter(EnvironmentReader::isOn).isPresent() && !hasTpm(tree) && !hasTpm(lower)) {
            tree.put(Origin.variable("RATE_LIMIT_ENABLED"), TPM_WHEN_ONLY_SWITCHED_ON, "rate_limit", "tpm");
        }
        if (environment.variable(Environment.DEMO).isPresent()) {
            ValueParsers.check(environment.variable(Environment.DEMO).get(), ValueParsers::flag, Origin.variable(Environment.DEMO));
        }
        readAliases(environment, tree);
        new InstanceVariables(environment, lower, tree, providers).read();
        return tree;
    }

    /** What is neither on nor off is reported where the setting is read. */
    private static boolean isOn(String flag) {
        try {
            return ValueParsers.flag(flag);
        } catch (InvalidValueException e) {
            return false;
        }
    }

    /** A key without a value gives none. */
    private static boolean hasTpm(SettingsTree tree) {
        return tree.root().path("rate_limit").hasNonNull("tpm");
    }

    /** Adds the keys of {@code CLIENT_KEYS} to those of the files, of which it replaces none. */
    static void addClientKeys(Environment environment, SettingsTree tree) throws InvalidSettingsException {
        String keys = environment.variable("CLIENT_KEYS").orElse("");
        JsonNode clients = tree.root().path("clients");
        if (keys.isEmpty() || !clients.isMissingNode() && !clients.isNull() && !clients.isObject()) {
            return;
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        JsonNode known = clients.path("keys");
        if (known.isArray()) {
            known.forEach(all::add);
        } else if (known.isTextual()) {
            split(known.textValue()).forEach(all::add);
        }
        for (String key : split(keys)) {
            Optional<Problem> problem = Placeholders.problem(key, Origin.variable("CLIENT_KEYS"), environment);
            if (problem.isPresent()) {
                throw new InvalidSettingsException(problem.get());
            }
            tree.noteOrigin(SettingsTree.item("clients.keys", all.size()), Origin.variable("CLIENT_KEYS"));
            all.add(key);
        }
        tree.root().withObjectProperty("clients").set("keys", all);
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    private static void readAliases(Environment environment, SettingsTree tree) throws InvalidSettingsException {
        String aliases = environment.variable("MODEL_ALIASES").orElse("");
        for (String pair : aliases.isBlank() ? new String[0] : aliases.split(",")) {
            String[] parts = pair.strip().split("\\s*=\\s*", 2);
            if (parts.length < 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw new InvalidSettingsException(List.of(Origin.variable("MODEL_ALIASES").problem(pair.strip(),
                        "must be a name and a model, such as smart=gpt-4o; pairs are separated by commas")));
            }
            if (tree.root().path("models").has(parts[0])) {
                throw new InvalidSettingsException(Origin.variable("MODEL_ALIASES").problem(parts[0], "is given twice; names must be unique"));
            }
            tree.put(Origin.variable("MODEL_ALIASES"), parts[0], "models", parts[0], "name");
            tree.put(Origin.variable("MODEL_ALIASES"), parts[1], "models", parts[0], "target");
        }
    }
}
