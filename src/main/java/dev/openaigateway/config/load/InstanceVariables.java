package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.ProviderType;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads instances from environment variables: those listed in {@code API_INSTANCES}, with their
 * {@code API_INSTANCE_<NAME>_<KEY>}, which also change instances from files; a single instance from {@code API_KEY} and
 * {@code API_BASE}; and {@code MODEL_MAP_<MODEL>}, for all instances or for one.
 */
final class InstanceVariables {

    private static final String PREFIX = "API_INSTANCE_";
    private static final String MODEL_MAP = "MODEL_MAP_";
    private static final Pattern MODEL_LIMIT = Pattern.compile("MODEL_LIMITS_(.+)_([TR]PM)");
    private static final String SINGLE = "default";
    private static final String SINGLE_API_VERSION = "2023-07-01-preview";

    private final Environment environment;
    private final Map<String, String> variables;
    private final SettingsTree lower;
    private final SettingsTree tree;
    private final KnownProviders providers;

    InstanceVariables(Environment environment, SettingsTree lower, SettingsTree tree, KnownProviders providers) {
        this.environment = environment;
        this.variables = new TreeMap<>(environment.variables());
        this.lower = lower;
        this.tree = tree;
        this.providers = providers;
    }

    void read() throws InvalidSettingsException {
        List<String> listed = environment.variable("API_INSTANCES").stream()
                .flatMap(names -> Arrays.stream(names.split(",")))
                .map(String::strip).filter(name -> !name.isEmpty()).toList();
        Optional<String> twice = listed.stream().filter(name -> Collections.frequency(listed, name) > 1).findFirst();
        if (twice.isPresent()) {
            throw new InvalidSettingsException(Origin.variable("API_INSTANCES").problem(twice.get(), "is given twice; names must be unique"));
        }
        listed.forEach(name -> tree.put(new Origin(Origin.ENVIRONMENT, "API_INSTANCES: " + name, 0), name, "instances", name, "name"));
        if (listed.isEmpty()) {
            readSingle();
        }
        readKeys();
        readCommonModelMap();
    }

    private void readSingle() {
        if (environment.variable("API_BASE").isEmpty()) {
            return;
        }
        tree.put(Origin.variable("API_BASE"), SINGLE, "instances", SINGLE, "name");
        if (!UpstreamAddress.hasVersion(environment.variable("API_BASE").orElseThrow())) {
            tree.put(Origin.variable("API_BASE"), SINGLE_API_VERSION, "instances", SINGLE, "api_version");
        }
        List.of("API_KEY", "API_BASE", "API_VERSION").forEach(name -> putSingle(name, name.toLowerCase(Locale.ROOT)));
        putSingle("API_PROVIDER_TYPE", "provider_type");
    }

    private void putSingle(String variable, String key) {
        if (environment.variable(variable).isPresent()) {
            put(variable, SINGLE, key);
        }
    }

    private void readKeys() throws InvalidSettingsException {
        List<String> names = names();
        List<Problem> problems = new ArrayList<>();
        List<String[]> modelMaps = new ArrayList<>();
        List<String[]> modelLimits = new ArrayList<>();
        for (String variable : variables.keySet()) {
            if (!variable.startsWith(PREFIX) || environment.variable(variable).isEmpty()) {
                continue;
            }
            Optional<String> name = names.stream()
                    .filter(known -> start(variable).startsWith(start(PREFIX + known + "_"))).findFirst();
            if (name.isEmpty()) {
                unknownInstance(variable, names).ifPresent(problems::add);
                continue;
            }
            String key = variable.substring(PREFIX.length() + name.get().length() + 1);
            Matcher limit = MODEL_LIMIT.matcher(key);
            if (key.startsWith(MODEL_MAP)) {
                modelMaps.add(new String[] {variable, name.get(), key.substring(MODEL_MAP.length())});
            } else if (limit.matches()) {
                modelLimits.add(new String[] {variable, name.get(), limit.group(1), limit.group(2).toLowerCase(Locale.ROOT)});
            } else {
                put(variable, name.get(), key.toLowerCase(Locale.ROOT));
            }
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
        modelMaps.forEach(map -> putModel(map[0], map[1], ModelNames.of(map[2], supported(map[1]))));
        modelLimits.forEach(limit -> tree.put(Origin.variable(limit[0]), environment.variable(limit[0]).orElseThrow(), "instances", limit[1],
                "model_limits", ModelNames.of(limit[2], supported(limit[1])), limit[3]));
    }

    /** Longest first, since one name may be a prefix of another. */
    private List<String> names() {
        Set<String> names = new LinkedHashSet<>();
        tree.instances().fieldNames().forEachRemaining(names::add);
        lower.instances().fieldNames().forEachRemaining(names::add);
        return names.stream().sorted(Comparator.comparing(String::length).reversed()).toList();
    }

    private static String start(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[-.]", "_");
    }

    /** Variables of a complete instance that API_INSTANCES does not list are ignored; a single variable is an error. */
    private Optional<Problem> unknownInstance(String variable, List<String> names) {
        boolean unlisted = variables.keySet().stream()
                .filter(other -> other.startsWith(PREFIX) && other.endsWith("_API_BASE"))
                .anyMatch(other -> variable.startsWith(other.substring(0, other.length() - "API_BASE".length())));
        if (unlisted) {
            return Optional.empty();
        }
        List<String> starts = names.stream().map(name -> PREFIX + start(name)).toList();
        return Optional.of(new Problem(Origin.ENVIRONMENT, variable, Optional.empty(), "names no configured instance",
                DidYouMean.name(variable, starts)));
    }

    /** Applies {@code MODEL_MAP_<MODEL>} to every instance whose provider has deployments and that does not map the model itself. */
    private void readCommonModelMap() {
        List<String> names = names();
        List<String> allModels = names.stream().flatMap(name -> supported(name).stream()).toList();
        for (String variable : variables.keySet()) {
            if (variable.startsWith(MODEL_MAP) && environment.variable(variable).isPresent()) {
                String model = ModelNames.of(variable.substring(MODEL_MAP.length()), allModels);
                names.stream().filter(name -> takesCommonMap(name, model)).forEach(name -> {
                    support(variable, name, model, allModels);
                    putModel(variable, name, model);
                });
            }
        }
    }

    /** Adds the mapped model to the instance if no instance lists it. An instance without models still serves any. */
    private void support(String variable, String name, String model, List<String> allModels) {
        List<String> listed = listed(name);
        if (supported(name).isEmpty()) {
            tree.put(Origin.variable(variable), InstanceSettings.ANY_MODEL, "instances", name, "supported_models");
        } else if (!allModels.contains(model) && !listed.isEmpty()) {
            tree.put(Origin.variable(variable), String.join(",", listed) + "," + model, "instances", name, "supported_models");
        }
    }

    private boolean takesCommonMap(String name, String model) {
        return providers.of(value(name, "provider_type").asText(ProviderType.DEFAULT)).hasDeployments()
                && value(name, "model_deployments").path(model).isMissingNode()
                && lower.instances().path(name).path("model_deployments").path(model).isMissingNode();
    }

    private void put(String variable, String name, String key) {
        tree.put(Origin.variable(variable), environment.variable(variable).orElseThrow(), "instances", name, key);
    }

    private void putModel(String variable, String name, String model) {
        tree.put(Origin.variable(variable), environment.variable(variable).orElseThrow(), "instances", name, "model_deployments", model);
    }

    private List<String> supported(String name) {
        List<String> models = listed(name);
        value(name, "model_deployments").fieldNames().forEachRemaining(models::add);
        return models;
    }

    private List<String> listed(String name) {
        List<String> models = new ArrayList<>();
        JsonNode written = value(name, "supported_models");
        written.forEach(model -> models.add(model.asText()));
        if (written.isTextual()) {
            Arrays.stream(written.textValue().split(",")).map(String::strip).forEach(models::add);
        }
        return models;
    }

    private JsonNode value(String name, String key) {
        JsonNode own = tree.instances().path(name).path(key);
        return own.isMissingNode() ? lower.instances().path(name).path(key) : own;
    }
}
