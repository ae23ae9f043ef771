package dev.openaigateway.config.load;

import dev.openaigateway.config.BreakerSettings;
import dev.openaigateway.config.IdentitySettings;
import dev.openaigateway.config.InstanceSettings.ModelLimit;
import dev.openaigateway.config.InstanceSettings.SettleMode;
import dev.openaigateway.config.InstanceSettings.StreamUsage;
import dev.openaigateway.config.InstanceSettings.Target;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.ProviderTraits;
import dev.openaigateway.config.ProviderType;
import dev.openaigateway.config.Secret;
import dev.openaigateway.config.Timeouts;
import dev.openaigateway.openai.Operation;
import dev.openaigateway.problem.DidYouMean;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code instances}. */
final class InstanceBinder {

    private static final ValueParser<Long> LIMIT = ValueParsers.number(0, Long.MAX_VALUE);

    private static final List<String> OPERATIONS = Arrays.stream(Operation.values()).filter(operation -> operation != Operation.PASSTHROUGH).map(Operation::path).toList();

    private InstanceBinder() {
    }

    /** @param forwarded what is sent on to every instance, and what to none */
    static List<InstanceSettings> bindAll(Section root, BreakerSettings common, HeaderBinder.Common forwarded, KnownProviders providers) {
        List<InstanceSettings> instances = new ArrayList<>();
        List<Section> sections = root.elementsByName("instances");
        List<String> complete = sections.stream().filter(section -> section.has("api_base")).flatMap(section -> section.name().stream())
                .map(root.written()::of).toList();
        sections.forEach(section -> instances.add(bind(section, common, forwarded, providers, complete)));
        return instances;
    }

    /** @param complete the names of instances with an address. One without is often such a name, misspelt in an overlay file */
    private static InstanceSettings bind(Section section, BreakerSettings common, HeaderBinder.Common forwarded, KnownProviders providers,
                                         List<String> complete) {
        String name = section.required("name", ValueParsers::name);
        String type = section.value("provider_type", ProviderType.DEFAULT, providers.parser());
        ProviderTraits traits = providers.of(type);
        Secret apiKey = section.secret("api_key", ValueParsers::text);
        Optional<UpstreamAddress> address = Optional.ofNullable(section.required("api_base", text -> UpstreamAddress.parse(text, traits.addressForm()),
                        section.name().flatMap(misspelt -> DidYouMean.slip(misspelt, complete).or(() -> DidYouMean.typo(misspelt, complete)))))
                .map(written -> UpstreamAddress.of(written, traits.addressForm()));
        URI apiBase = address.map(UpstreamAddress::base).orElse(null);
        Optional<IdentitySettings> identity = IdentityBinder.bind(section, apiBase);
        if (traits.keyRequired() && apiKey.isBlank() && identity.isEmpty()) {
            section.problem("api_key", null, "must have a value for an instance of type " + section.written("provider_type", type) + ", or identity must be set");
        } else if (identity.isPresent() && !apiKey.isBlank()) {
            section.problem("identity", null, "must not be set together with api_key");
        }
        Timeouts timeouts = TimeoutBinder.bind(section, Timeouts.DEFAULT);
        Map<String, Timeouts> modelTimeouts = TimeoutBinder.bindAll(section.section("model_timeouts"), timeouts);
        Duration healthTimeout = section.value("health_timeout", Duration.ofSeconds(60), TimeoutBinder.TIMEOUT);
        Map<String, String> deployments = section.texts("model_deployments");
        address.flatMap(UpstreamAddress::deployment).ifPresent(only -> {
            deployments.replaceAll((model, mapped) -> only);
            deployments.put(InstanceSettings.ANY_MODEL, only);
        });
        Optional<String> version = section.optional("api_version", type.equals(ProviderType.AZURE) ? ValueParsers::azureVersion : ValueParsers::text)
                .or(() -> address.flatMap(UpstreamAddress::version));
        InstanceSettings instance = new InstanceSettings(name, type, traits, apiKey, apiBase,
                version,
                section.optional("key_header", ValueParsers::header),
                section.value("priority", 100, ValueParsers.integer(0, 1_000_000)),
                section.value("weight", 100, ValueParsers.integer(0, 1_000_000)),
                section.value("max_tpm", 0L, LIMIT),
                section.value("max_rpm", 0L, LIMIT),
                modelLimits(section.section("model_limits")),
                section.value("max_input_tokens", 0L, ValueParsers.number(0, Long.MAX_VALUE)),
                new LinkedHashSet<>(section.list("supported_models", List.of(), ValueParsers::servedModel)),
                deployments,
                section.value("deepseek_path", "deepseek", ValueParsers::text),
                section.optional("tokenizer", ValueParsers::tokenizer),
                section.value("settle", SettleMode.USAGE, ValueParsers.oneOf(SettleMode.class)),
                section.value("stream_usage", StreamUsage.ASK, ValueParsers.oneOf(StreamUsage.class)),
                timeouts, modelTimeouts, healthTimeout,
                section.value("health_interval", Duration.ZERO, Seconds.atLeast(0)),
                section.optional("health_path", AddressParsers::path),
                section.optionalSection("breaker").map(own -> BreakerBinder.bind(own, common)),
                targets(section.section("targets"), apiBase, version, traits, deployments,
                        model -> modelTimeouts.getOrDefault(model, timeouts), healthTimeout),
                section.value("targets_only", false, ValueParsers::flag),
                section.list("tags", List.of(), ValueParsers::name),
                section.list("passthrough", List.of(), PassthroughPath::parse),
                HeaderBinder.bind(section, forwarded),
                identity,
                section.value("enabled", true, ValueParsers::flag));
        ServedModels.require(section, instance);
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
            Section section, URI apiBase, Optional<String> version, ProviderTraits traits, Map<String, String> deployments,
            Function<String, Timeouts> timeouts, Duration healthTimeout) {
        Map<String, Map<String, Target>> targets = new LinkedHashMap<>();
        for (String model : section.keys()) {
            Section operations = section.section(model);
            Map<String, Target> byOperation = new LinkedHashMap<>();
            for (String operation : operations.keys()) {
                if (!OPERATIONS.contains(operation)) {
                    operations.problem(operation, InvalidValueException.unknownName("must be an operation (" + String.join(", ", OPERATIONS) + ")", operation, OPERATIONS));
                }
                Section target = operations.section(operation);
                Optional<UpstreamAddress> address = Optional.ofNullable(target.value("base_url", apiBase, text -> UpstreamAddress.parse(text, traits.addressForm())))
                        .map(written -> UpstreamAddress.of(written, traits.addressForm()));
                String deployment = deployments.getOrDefault(model, deployments.getOrDefault(InstanceSettings.ANY_MODEL, model));
                byOperation.put(operation, new Target(
                        address.map(UpstreamAddress::base).orElse(null),
                        address.flatMap(UpstreamAddress::version).or(() -> version),
                        target.value("model", address.flatMap(UpstreamAddress::deployment).orElse(deployment), ValueParsers::text),
                        TimeoutBinder.bind(target, timeouts.apply(model)),
                        target.value("health_timeout", healthTimeout, TimeoutBinder.TIMEOUT)));
                target.refuseUnknownKeys();
            }
            targets.put(model, Map.copyOf(byOperation));
        }
        return targets;
    }
}
