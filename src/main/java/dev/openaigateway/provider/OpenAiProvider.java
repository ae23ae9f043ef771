package dev.openaigateway.provider;

import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InstanceSettings.Target;
import dev.openaigateway.config.ProviderType;

import java.net.URI;
import java.util.Optional;

/**
 * OpenAI and every upstream with the same API, {@code provider_type: generic}. The body is sent unchanged, except that
 * {@code model} is rewritten if the upstream knows it by another name, and usage is requested for a stream.
 */
public final class OpenAiProvider implements Provider {

    @Override
    public String name() {
        return ProviderType.GENERIC;
    }

    @Override
    public UpstreamCall request(ModelRequest request, InstanceSettings instance) {
        String operation = request.operation().path();
        Target target = instance.target(request.model(), operation);
        String url = url(target.baseUrl(), request.body().upstreamPath(request.operation()));
        return UpstreamCall.of(request, url, body(request, target.modelName()));
    }

    static byte[] body(ModelRequest request, String model) {
        return request.body().forUpstream(model, request.stream() && request.operation().usageOnRequest());
    }

    @Override
    public String healthUrl(InstanceSettings instance, URI base) {
        return url(base, "models");
    }

    @Override
    public Optional<String> modelsUrl(InstanceSettings instance) {
        return Optional.of(url(instance.apiBase(), "models"));
    }

    @Override
    public String telemetryName() {
        return "openai";
    }

    @Override
    public ResponseReader reader(ModelRequest request) {
        return new OpenAiResponseReader();
    }

    /** Only a bare host gets a version: a path is that of the API. */
    private static String url(URI base, String operation) {
        return UpstreamUrl.below(base, (base.getRawPath().isEmpty() ? "/v1/" : "/") + operation);
    }
}
