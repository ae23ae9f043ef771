package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.ProviderType;
import dev.openaigateway.problem.InvalidSettingsException;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a provider file, which lists for each provider the variable of its key and its models, and for each model the
 * endpoints and their targets. A provider becomes one instance, or two if it has endpoints both on Azure and elsewhere.
 */
final class ProviderReader {

    private static final ValueParser<Duration> TIMEOUT = Seconds.atLeast(0.001);
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

    private final Document document;
    private final Binding binding;
    private final SettingsTree tree = new SettingsTree();

    private ProviderReader(Document document) throws InvalidSettingsException {
        this.document = document;
        this.binding = new Binding(document.tree());
    }

    static SettingsTree read(Document document) throws InvalidSettingsException {
        ProviderReader reader = new ProviderReader(document);
        Section root = reader.binding.root(JsonNodeFactory.instance.objectNode());
        root.keys().forEach(name -> reader.provider(name, root.section(name)));
        reader.binding.throwIfBroken();
        return reader.tree;
    }

    /** One endpoint of one model, including inherited values. */
    private record Endpoint(String model, String operation, URI url, String modelName, Duration timeout, Duration healthTimeout) {

        boolean onAzure() {
            return AzureAddress.of(url).isPresent();
        }

        URI base() {
            return AzureAddress.of(url).map(AzureAddress::base).orElse(url);
        }

        /** The model's name at the target; on Azure, the deployment in the path. */
        String target() {
            return AzureAddress.of(url).flatMap(AzureAddress::deployment).orElse(modelName);
        }
    }

    private void provider(String name, Section section) {
        String variable = section.required("api_key_variable", ProviderReader::variableName);
        String prefix = section.value("prefix", "", ValueParsers::text);
        Optional<URI> url = section.optional("target_base_url", AddressParsers::upstreamUrl);
        Duration timeout = section.value("request_timeout", DEFAULT_TIMEOUT, TIMEOUT);
        Duration healthTimeout = section.value("health_timeout", DEFAULT_TIMEOUT, TIMEOUT);
        Section models = section.section("models");
        List<Endpoint> endpoints = new ArrayList<>();
        for (String model : models.keys()) {
            Section modelSection = models.section(model);
            List<JsonNode> items = modelSection.items("endpoints");
            for (int i = 0; i < items.size(); i++) {
                if (items.get(i) instanceof ObjectNode object) {
                    Section endpoint = modelSection.element("endpoints", i, object);
                    endpoint(prefix + model, endpoint, url, timeout, healthTimeout).ifPresent(endpoints::add);
                } else {
                    modelSection.problem("endpoints", null, "must be a list of objects");
                }
            }
            if (items.isEmpty()) {
                modelSection.problem("endpoints", null, "must be a list with at least one endpoint");
            }
            modelSection.refuseUnknownKeys();
        }
        section.refuseUnknownKeys();
        List<Endpoint> azure = endpoints.stream().filter(Endpoint::onAzure).toList();
        List<Endpoint> generic = endpoints.stream().filter(endpoint -> !endpoint.onAzure()).toList();
        Origin origin = document.origin(name);
        String instance = name.replaceAll("[^A-Za-z0-9._-]", "-");
        put(origin, instance, ProviderType.GENERIC, variable, generic);
        put(origin, generic.isEmpty() ? instance : instance + "-azure", ProviderType.AZURE, variable, azure);
    }

    private static Optional<Endpoint> endpoint(
            String model, Section section, Optional<URI> inherited, Duration timeout, Duration healthTimeout) {
        String path = section.required("path", ValueParsers::text);
        Optional<URI> url = section.optional("target_base_url", AddressParsers::upstreamUrl);
        String modelName = section.required("target_model_name", ValueParsers::text);
        Duration ownTimeout = section.value("request_timeout", timeout, TIMEOUT);
        Duration ownHealthTimeout = section.value("health_timeout", healthTimeout, TIMEOUT);
        section.refuseUnknownKeys();
        if (url.isEmpty() && inherited.isEmpty()) {
            section.problem("target_base_url", null, "must be given here or for the provider");
        }
        if (path == null || modelName == null) {
            return Optional.empty();
        }
        String operation = AddressParsers.withoutSlashes(path.replaceFirst("^/?(v1/)?", ""));
        boolean versioned = path.matches("/?v1/.*");
        return url.or(() -> inherited)
                .map(base -> new Endpoint(model, operation, versioned ? withVersion(base) : base, modelName, ownTimeout, ownHealthTimeout));
    }

    /** The path of an endpoint follows the whole address; only a bare host gets its version from the provider. */
    private static URI withVersion(URI base) {
        boolean known = base.getRawPath().isEmpty() || base.getRawPath().endsWith("/v1") || AzureAddress.of(base).isPresent();
        return known ? base : URI.create(base + "/v1");
    }

    private void put(Origin origin, String name, String type, String variable, List<Endpoint> endpoints) {
        if (endpoints.isEmpty()) {
            return;
        }
        Endpoint first = endpoints.get(0);
        tree.put(origin, name, "instances", name, "name");
        tree.put(origin, type, "instances", name, "provider_type");
        tree.put(document.origin(origin.path() + ".api_key_variable"), "${" + variable + "}", "instances", name, "api_key");
        tree.put(origin, first.base().toString(), "instances", name, "api_base");
        tree.put(origin, Seconds.text(first.timeout()), "instances", name, "timeout");
        tree.put(origin, Seconds.text(first.healthTimeout()), "instances", name, "health_timeout");
        var models = JsonNodeFactory.instance.arrayNode();
        endpoints.stream().map(Endpoint::model).distinct().forEach(models::add);
        tree.put(origin, models, "instances", name, "supported_models");
        tree.put(origin, "true", "instances", name, "targets_only");
        for (Endpoint endpoint : endpoints) {
            String[] target = {"instances", name, "targets", endpoint.model(), endpoint.operation(), ""};
            if (tree.instances().path(name).path("model_deployments").path(endpoint.model()).isMissingNode()) {
                tree.put(origin, endpoint.target(), "instances", name, "model_deployments", endpoint.model());
            }
            put(origin, endpoint.base().toString(), target, "base_url");
            put(origin, endpoint.target(), target, "model");
            put(origin, Seconds.text(endpoint.timeout()), target, "timeout");
            put(origin, Seconds.text(endpoint.healthTimeout()), target, "health_timeout");
        }
    }

    private void put(Origin origin, String value, String[] target, String key) {
        target[target.length - 1] = key;
        tree.put(origin, value, target);
    }

    private static String variableName(String text) throws InvalidValueException {
        if (!text.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
            throw new InvalidValueException("must be the name of an environment variable");
        }
        return text;
    }
}
