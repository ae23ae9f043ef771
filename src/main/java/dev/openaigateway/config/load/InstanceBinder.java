package dev.openaigateway.config.load;

import dev.openaigateway.config.BreakerSettings;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InstanceSettings.ModelLimit;
import dev.openaigateway.config.InstanceSettings.SettleMode;
import dev.openaigateway.config.InstanceSettings.StreamUsage;
import dev.openaigateway.config.InstanceSettings.Target;
import dev.openaigateway.config.ProviderTraits;
import dev.openaigateway.config.ProviderTraits.AddressForm;
import dev.openaigateway.config.ProviderType;
import dev.openaigateway.config.Secret;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code instances}. */
final class InstanceBinder {

    private static final ValueParser<Duration> TIMEOUT = ValueParsers.seconds(0.001);

    private static final ValueParser<Long> LIMIT = ValueParsers.number(0, Long.MAX_VALUE);

    private InstanceBinder() {
    }

    static List<InstanceSettings> bindAll(Section root, BreakerSettings common, KnownProviders providers) {
        List<InstanceSettings> instances = new ArrayList<>();
        root.elementsByName("instances").forEach(section -> instances.add(bind(section, common, providers)));
        return instances;
    }

    private static InstanceSettings bind(Section section, BreakerSettings common, KnownProviders providers) {
        String name = section.required("name", ValueParsers::name);
        String type = section.value("provider_type", ProviderType.DEFAULT, providers.parser());
        ProviderTraits traits = providers.of(type);
        Secret apiKey = section.secret("api_key", ValueParsers::text);
        if (traits.keyRequired() && apiKey.isBlank()) {
            section.problem("api_key", null, "must have a value for an instance of type " + type);
        }
        URI written = section.required("api_base", ValueParsers::upstreamUrl);
        boolean isResource = written != null && traits.addressForm() == AddressForm.AZURE_RESOURCE;
        URI apiBase = isResource ? AzureAddress.resource(written) : written;
        Duration timeout = section.value("timeout", Duration.ofSeconds(60), TIMEOUT);
        Duration healthTimeout = section.value("health_timeout", Duration.ofSeconds(60), TIMEOUT);
        Map<String, String> deployments = section.texts("model_deployments");
        InstanceSettings instance = new InstanceSettings(name, type, traits, apiKey, apiBase,
                section.optional("api_version", ValueParsers::text)
                        .or(() -> isResource && AzureAddress.isOfNewerForm(written) ? Optional.of("v1") : Optional.empty()),
                section.optional("key_header", ValueParsers::header),
                section.value("priority", 100, ValueParsers.integer(0, 1_000_000)),
                section.value("weight", 100, ValueParsers.integer(0, 1_000_000)),
                section.value("max_tpm", 0L, LIMIT),
                section.value("max_rpm", 0L, LIMIT),
                modelLimits(section.section("model_limits")),
                section.value("max_input_tokens", 0L, ValueParsers.number(0, Long.MAX_VALUE)),
                section.list("supported_models", List.of(), ValueParsers::text),
                deployments,
                section.value("deepseek_path", "deepseek", ValueParsers::text),
                section.optional("tokenizer", ValueParsers::tokenizer),
                section.value("settle", SettleMode.USAGE, ValueParsers.oneOf(SettleMode.class)),
                section.value("stream_usage", StreamUsage.ASK, ValueParsers.oneOf(StreamUsage.class)),
                timeout, healthTimeout,
                section.value("health_interval", Duration.ZERO, ValueParsers.seconds(0)),
                section.optional("health_path", ValueParsers::path),
                section.optionalSection("breaker").map(own -> BreakerBinder.bind(own, common)),
                targets(section.section("targets"), apiBase, deployments, timeout, healthTimeout),
                section.value("targets_only", false, ValueParsers::flag),
                section.list("tags", List.of(), ValueParsers::name),
                section.value("enabled", true, ValueParsers::flag));
        instance.modelLimits().keySet().stream().filter(model -> !instance.serves(model)).forEach(
                model -> section.problem("model_limits." + model, null, "must be a model that the instance serves"));
        section.refuseUnknownKeys();
        return instance;
    }

    private static Map<String, ModelLimit> modelLimits(Section section) {
        Map<String, ModelLimit> limits = new LinkedHashMap<>();
        for (String model : section.keys()) {
            Section limit = section.section(model);
            limits.put(model, new ModelLimit(limit.value("tpm", 0L, LIMIT), limit.value("rpm", 0L, LIMIT)));
            limit.refuseUnknownKeys();
        }
        return limits;
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
                        target.value("base_url", apiBase, ValueParsers::upstreamUrl),
                        target.value("model", deployments.getOrDefault(model, model), ValueParsers::text),
                        target.value("timeout", timeout, TIMEOUT),
                        target.value("health_timeout", healthTimeout, TIMEOUT)));
                target.refuseUnknownKeys();
            }
            targets.put(model, Map.copyOf(byOperation));
        }
        return targets;
    }
}
