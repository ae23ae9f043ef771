package dev.openaigateway.config;

import dev.openaigateway.config.InstanceSettings.ProviderType;
import dev.openaigateway.config.InstanceSettings.Settle;
import dev.openaigateway.config.InstanceSettings.Target;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code instances}. */
final class InstanceBinder {

    private static final Rule<Duration> TIMEOUT = Rules.seconds(0.001);

    private InstanceBinder() {
    }

    static List<InstanceSettings> bindAll(Section root, BreakerSettings common) {
        List<InstanceSettings> instances = new ArrayList<>();
        root.elementsByName("instances").forEach(section -> instances.add(bind(section, common)));
        return instances;
    }

    private static InstanceSettings bind(Section section, BreakerSettings common) {
        String name = section.required("name", Rules::name);
        ProviderType type = section.value("provider_type", ProviderType.AZURE, Rules.oneOf(ProviderType.class));
        Secret apiKey = section.secret("api_key", Rules::text);
        if (type == ProviderType.AZURE && apiKey.isBlank()) {
            section.problem("api_key", null, "must have a value for an instance of type azure");
        }
        URI written = section.required("api_base", Rules::upstreamUrl);
        boolean azure = written != null && type == ProviderType.AZURE;
        URI apiBase = azure ? AzureAddress.resource(written) : written;
        Duration timeout = section.value("timeout", Duration.ofSeconds(60), TIMEOUT);
        Duration healthTimeout = section.value("health_timeout", Duration.ofSeconds(60), TIMEOUT);
        Map<String, String> deployments = section.texts("model_deployments");
        InstanceSettings instance = new InstanceSettings(name, type, apiKey, apiBase,
                section.optional("api_version", Rules::text)
                        .or(() -> azure && AzureAddress.isOfNewerForm(written) ? Optional.of("v1") : Optional.empty()),
                section.optional("key_header", Rules::header),
                section.value("priority", 100, Rules.integer(0, 1_000_000)),
                section.value("weight", 100, Rules.integer(0, 1_000_000)),
                section.value("max_tpm", 0L, Rules.number(0, Long.MAX_VALUE)),
                section.value("max_input_tokens", 0L, Rules.number(0, Long.MAX_VALUE)),
                section.list("supported_models", List.of(), Rules::text),
                deployments,
                section.value("deepseek_path", "deepseek", Rules::text),
                section.optional("tokenizer", Rules::tokenizer),
                section.value("settle", Settle.USAGE, Rules.oneOf(Settle.class)),
                timeout, healthTimeout,
                section.value("health_interval", Duration.ZERO, Rules.seconds(0)),
                section.optional("health_path", Rules::path),
                section.optionalSection("breaker").map(own -> BreakerBinder.bind(own, common)),
                targets(section.section("targets"), apiBase, deployments, timeout, healthTimeout),
                section.value("targets_only", false, Rules::flag),
                section.value("enabled", true, Rules::flag));
        section.refuseUnknownKeys();
        return instance;
    }

    private static Map<String, Map<String, Target>> targets(
            Section section, URI apiBase, Map<String, String> deployments, Duration timeout, Duration healthTimeout) {
        Map<String, Map<String, Target>> targets = new LinkedHashMap<>();
        for (String model : section.keys()) {
            Section operations = section.section(model);
            Map<String, Target> byOperation = new LinkedHashMap<>();
            for (String operation : operations.keys()) {
                Section target = operations.section(operation);
                byOperation.put(operation, new Target(
                        target.value("base_url", apiBase, Rules::upstreamUrl),
                        target.value("model", deployments.getOrDefault(model, model), Rules::text),
                        target.value("timeout", timeout, TIMEOUT),
                        target.value("health_timeout", healthTimeout, TIMEOUT)));
                target.refuseUnknownKeys();
            }
            targets.put(model, Map.copyOf(byOperation));
        }
        return targets;
    }
}
