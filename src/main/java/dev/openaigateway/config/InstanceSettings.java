package dev.openaigateway.config;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * One upstream: where it is, what it serves and how much it takes.
 *
 * @param providerType     the name of its provider, lower case
 * @param apiBase          http or https, without a trailing slash
 * @param apiVersion       Azure's api-version; {@code v1} selects the /openai/v1 form; empty: the client's, else the newest
 * @param keyHeader        the header that carries the key; empty: what the provider type uses
 * @param priority         lower goes first
 * @param weight           share under the weighted policy; 0 gets none while others can
 * @param maxTpm           tokens per minute; 0 is no limit
 * @param maxInputTokens   tokens a prompt may have; 0 is no limit
 * @param supportedModels  exact names; empty: those of {@code modelDeployments}; both empty: any; {@code *} among them: any
 * @param modelDeployments model name as clients write it, to the name the upstream knows
 * @param deepseekPath     path between {@code apiBase} and the operation for a model mapped to DeepSeek R1
 * @param tokenizer        encoding for counting; empty: chosen by model name
 * @param timeout          to the first byte, and between bytes
 * @param healthTimeout    for one health check
 * @param healthInterval   between active health checks; zero: none are made
 * @param healthPath       what an active health check asks for, below {@code apiBase}; empty: what the provider type offers
 * @param breaker          overrides the common breaker settings
 * @param targets          model name, then operation (such as {@code chat/completions}), to another place
 * @param targetsOnly      whether it serves only the operations that {@code targets} lists for a model
 */
public record InstanceSettings(
        String name,
        String providerType,
        Secret apiKey,
        URI apiBase,
        Optional<String> apiVersion,
        Optional<String> keyHeader,
        int priority,
        int weight,
        long maxTpm,
        long maxInputTokens,
        List<String> supportedModels,
        Map<String, String> modelDeployments,
        String deepseekPath,
        Optional<String> tokenizer,
        SettleMode settle,
        Duration timeout,
        Duration healthTimeout,
        Duration healthInterval,
        Optional<String> healthPath,
        Optional<BreakerSettings> breaker,
        Map<String, Map<String, Target>> targets,
        boolean targetsOnly,
        boolean enabled) {

    /** Stands among {@code supportedModels} for all models there are. */
    public static final String ANY_MODEL = "*";

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    public InstanceSettings {
        supportedModels = List.copyOf(supportedModels);
        modelDeployments = Map.copyOf(modelDeployments);
        targets = Map.copyOf(targets);
    }

    /** What becomes of a reservation once the answer's usage is known. */
    public enum SettleMode { USAGE, NONE }

    /**
     * Where one operation of one model goes instead.
     *
     * @param modelName the model's name there
     */
    public record Target(URI baseUrl, String modelName, Duration timeout, Duration healthTimeout) {
    }

    /**
     * Whether this instance serves the model; names are compared exactly. If it serves any model and its provider has
     * deployments, a model without a configured name must have a name that a deployment can have.
     */
    public boolean serves(String model) {
        if (supportedModels.contains(model) || supportedModels.isEmpty() && modelDeployments.containsKey(model)) {
            return true;
        }
        boolean any = supportedModels.isEmpty() ? modelDeployments.isEmpty() : supportedModels.contains(ANY_MODEL);
        return any && (!ProviderTraits.of(providerType).hasDeployments() || modelDeployments.containsKey(model) || isPlainName(model));
    }

    /** Whether a text cannot be anything but a name, wherever in a URL it stands. */
    public static boolean isPlainName(String text) {
        return PLAIN_NAME.matcher(text).matches();
    }

    /** Whether this instance answers for that operation (such as {@code chat/completions}) of the model. */
    public boolean serves(String model, String operation) {
        return serves(model) && (!targetsOnly || targets.getOrDefault(model, Map.of()).containsKey(operation));
    }

    /** The names of the models it is known to serve; empty when it serves any and no name is configured. */
    public Set<String> models() {
        Set<String> models = new LinkedHashSet<>(supportedModels);
        if (supportedModels.isEmpty() || models.remove(ANY_MODEL)) {
            models.addAll(modelDeployments.keySet());
        }
        return models;
    }

    /** The name the upstream knows the model by. */
    public String deployment(String model) {
        return modelDeployments.getOrDefault(model, model);
    }

    /** Where that operation of the model goes: where {@code targets} says, else to this instance's own address. */
    public Target target(String model, String operation) {
        Target elsewhere = targets.getOrDefault(model, Map.of()).get(operation);
        return elsewhere == null ? new Target(apiBase, deployment(model), timeout, healthTimeout) : elsewhere;
    }

    /** Where requests for the model go, each address once: those of {@code targets}, else this instance's own. */
    public Collection<Target> targetsOf(String model) {
        Map<URI, Target> byUrl = new TreeMap<>();
        targets.getOrDefault(model, Map.of()).values().forEach(target -> byUrl.put(target.baseUrl(), target));
        return byUrl.isEmpty() ? List.of(target(model, "")) : byUrl.values();
    }

    /**
     * The header that carries the key, with its value; empty if there is no key.
     *
     * @param usual the header if {@code keyHeader} names none; {@code Authorization} gets the key as a bearer token
     */
    public Optional<Map.Entry<String, String>> authorization(String usual) {
        String header = keyHeader.orElse(usual);
        String value = header.equalsIgnoreCase("Authorization") ? "Bearer " + apiKey.value() : apiKey.value();
        return apiKey.isBlank() ? Optional.empty() : Optional.of(Map.entry(header, value));
    }
}
