package dev.openaigateway.config;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One upstream: its address, credentials, models and limits.
 *
 * @param providerType     the name of its provider, lower case
 * @param traits           those of its provider
 * @param apiBase          http or https URL without a trailing slash; may have a query
 * @param apiVersion       Azure's api-version; {@code v1} selects the /openai/v1 form; empty: the client's, else the newest
 * @param keyHeader        header of the key; empty: the provider's default
 * @param priority         lower values are tried first
 * @param weight           share under the weighted policy; 0: used only if no other instance is available
 * @param maxTpm           tokens per minute; 0: no limit
 * @param maxRpm           requests per minute; 0: no limit
 * @param modelLimits      limits of single models, by the model's name; they apply beside those of the instance
 * @param maxInputTokens   maximum tokens of a prompt; 0: no limit
 * @param supportedModels  exact names; empty: those of {@code modelDeployments}; both empty, or with {@code *}: any model
 * @param modelDeployments maps a client's model name to the upstream's name; {@code *} stands for all others
 * @param deepseekPath     path between {@code apiBase} and the operation for a model mapped to DeepSeek R1
 * @param tokenizer        encoding for counting; empty: chosen by model name
 * @param streamUsage      whether the gateway requests the usage of streams if the client does not
 * @param timeouts         of requests, unless the model or the target has its own
 * @param modelTimeouts    those of requests for a model, by its name
 * @param healthTimeout    maximum time of one health check
 * @param healthInterval   time between active health checks; zero: none
 * @param healthPath       path of active health checks, below {@code apiBase}; empty: the provider's default
 * @param breaker          overrides the common breaker settings
 * @param targets          by model name, then operation (such as {@code chat/completions}): a different target
 * @param targetsOnly      whether only the operations listed in {@code targets} are served for a model
 * @param tags             words by which rules select or exclude the instance
 * @param passthrough      beginnings of the paths below {@code /v1/} that are passed to it as they are; {@link #ANY_PATH} for all
 * @param headers          further headers of requests and responses
 * @param identity         authenticates the gateway in place of {@code apiKey}; empty: the key does
 */
public record InstanceSettings(
        String name,
        String providerType,
        ProviderTraits traits,
        Secret apiKey,
        URI apiBase,
        Optional<String> apiVersion,
        Optional<String> keyHeader,
        int priority,
        int weight,
        long maxTpm,
        long maxRpm,
        Map<String, ModelLimit> modelLimits,
        long maxInputTokens,
        Set<String> supportedModels,
        Map<String, String> modelDeployments,
        String deepseekPath,
        Optional<String> tokenizer,
        SettleMode settle,
        StreamUsage streamUsage,
        Timeouts timeouts,
        Map<String, Timeouts> modelTimeouts,
        Duration healthTimeout,
        Duration healthInterval,
        Optional<String> healthPath,
        Optional<BreakerSettings> breaker,
        Map<String, Map<String, Target>> targets,
        boolean targetsOnly,
        List<String> tags,
        List<String> passthrough,
        HeaderSettings headers,
        Optional<IdentitySettings> identity,
        boolean enabled) {

    /** The entry of {@code supportedModels} that matches any model. */
    public static final String ANY_MODEL = "*";

    /** The entry of {@code passthrough} that matches any path. */
    public static final String ANY_PATH = "*";

    /** In characters. A client or a rule can name no longer model: an instance that serves any model would keep it. */
    public static final int LONGEST_MODEL_NAME = 512;

    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");

    public InstanceSettings {
        modelLimits = Map.copyOf(modelLimits);
        supportedModels = Collections.unmodifiableSet(new LinkedHashSet<>(supportedModels));
        modelDeployments = Map.copyOf(modelDeployments);
        modelTimeouts = Map.copyOf(modelTimeouts);
        targets = Map.copyOf(targets);
        tags = List.copyOf(tags);
        passthrough = List.copyOf(passthrough);
    }

    /** Whether a reservation is corrected to the response's usage or kept as it is. */
    public enum SettleMode { USAGE, NONE }

    /** Whether {@code stream_options.include_usage} is added to a request for a stream. */
    public enum StreamUsage { ASK, NEVER }

    /**
     * The limits of one model.
     *
     * @param tpm tokens per minute; 0: no limit
     * @param rpm requests per minute; 0: no limit
     */
    public record ModelLimit(long tpm, long rpm) {
    }

    /**
     * The target of one operation of one model.
     *
     * @param baseUrl    as {@code apiBase}
     * @param apiVersion that of its address; otherwise that of the instance
     * @param modelName  the model's name at the target
     */
    public record Target(URI baseUrl, Optional<String> apiVersion, String modelName, Timeouts timeouts, Duration healthTimeout) {
    }

    /**
     * Whether this instance serves the model; names are compared exactly. If the provider has deployments, an instance that
     * serves any model accepts unlisted names only if they can be deployment names.
     */
    public boolean serves(String model) {
        if (supportedModels.contains(model) || supportedModels.isEmpty() && modelDeployments.containsKey(model)) {
            return true;
        }
        return servesAnyModel() && model.length() <= LONGEST_MODEL_NAME && (!traits.hasDeployments() || isMapped(model) || isPlainName(model));
    }

    /** Whether no list of models restricts this instance. */
    public boolean servesAnyModel() {
        return supportedModels.isEmpty() ? modelDeployments.isEmpty() || isMapped(ANY_MODEL) : supportedModels.contains(ANY_MODEL);
    }

    private boolean isMapped(String model) {
        return modelDeployments.containsKey(model) || modelDeployments.containsKey(ANY_MODEL);
    }

    /** Whether a path below {@code /v1/} that the gateway itself does not serve is passed to this instance. */
    public boolean passes(String path) {
        return !passthrough.isEmpty() && passthrough.stream().anyMatch(beginning -> beginning.equals(ANY_PATH) || beginning.equals(path)
                || path.startsWith(beginning) && path.charAt(beginning.length()) == '/');
    }

    /** Whether a text is safe as a name at any position of a URL. */
    public static boolean isPlainName(String text) {
        return PLAIN_NAME.matcher(text).matches();
    }

    /** Whether this instance serves the operation (such as {@code chat/completions}) of the model. */
    public boolean serves(String model, String operation) {
        return serves(model) && (!targetsOnly || targets.getOrDefault(model, Map.of()).containsKey(operation));
    }

    /** The names of the models that this instance serves; empty if it serves any model and none is configured. */
    public Set<String> models() {
        Set<String> models = new LinkedHashSet<>(supportedModels);
        if (supportedModels.isEmpty() || models.remove(ANY_MODEL)) {
            models.addAll(modelDeployments.keySet());
            models.remove(ANY_MODEL);
        }
        return models;
    }

    /** The model's name at the upstream. */
    public String deployment(String model) {
        String mapped = modelDeployments.get(model);
        return mapped == null ? modelDeployments.getOrDefault(ANY_MODEL, model) : mapped;
    }

    /** The names of all deployments that the settings name. */
    public Set<String> deployments() {
        return Stream.concat(models().stream().map(this::deployment), modelDeployments.values().stream()).collect(Collectors.toSet());
    }

    /** The target of the operation of the model: the one in {@code targets}, else this instance's own address. */
    public Target target(String model, String operation) {
        Target override = targets.getOrDefault(model, Map.of()).get(operation);
        return override == null ? new Target(apiBase, apiVersion, deployment(model), modelTimeouts.getOrDefault(model, timeouts), healthTimeout) : override;
    }

    /** The targets of the model, one per address: those in {@code targets}, else this instance's own address. */
    public Collection<Target> targetsOf(String model) {
        Map<URI, Target> byUrl = new TreeMap<>();
        targets.getOrDefault(model, Map.of()).values().forEach(target -> byUrl.put(target.baseUrl(), target));
        return byUrl.isEmpty() ? List.of(target(model, "")) : byUrl.values();
    }

    /** Whether both name the same account: address, key and identity. */
    public boolean hasAccountOf(InstanceSettings other) {
        return apiBase.equals(other.apiBase) && apiKey.equals(other.apiKey) && identity.equals(other.identity);
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
