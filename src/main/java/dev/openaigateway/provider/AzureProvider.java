package dev.openaigateway.provider;

import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.config.FoundryAddress;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InstanceSettings.Target;
import dev.openaigateway.config.ProviderTraits;
import dev.openaigateway.config.ProviderType;
import dev.openaigateway.openai.body.PassedRequest;

import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Azure OpenAI, {@code provider_type: azure}. The dated form has the deployment in the path and no {@code model} in the body;
 * {@code api_version: v1} selects the newer form, where {@code model} is the deployment. DeepSeek R1 has a path of its own,
 * {@code /deepseek} unless the instance says otherwise ({@code /models} on Azure AI Foundry), and {@code model} in the body. Foundry's API has an
 * {@linkplain FoundryAddress address of its own}, and serves every model so.
 *
 * @see <a href="https://learn.microsoft.com/azure/ai-services/openai/reference">Azure OpenAI REST API reference</a>
 */
public final class AzureProvider implements Provider {

    private static final String NEWEST_DATED = "2024-10-21";
    /** Any other version selects the newer form: {@code v1}, or {@code preview}, which is sent as a parameter. */
    private static final Pattern DATED = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-preview)?");
    /** The one version of Foundry's own API, whose address ends with {@code /models}. */
    private static final String FOUNDRY = "2024-05-01-preview";
    private static final String USAGE_IN_STREAMS_SINCE = "2024-09-01";

    @Override
    public String name() {
        return ProviderType.AZURE;
    }

    @Override
    public ProviderTraits traits() {
        return new ProviderTraits(true, true, ProviderTraits.AddressForm.AZURE_RESOURCE);
    }

    @Override
    public UpstreamCall request(ModelRequest request, InstanceSettings instance) {
        Target target = instance.target(request.model(), request.operation().path());
        String deployment = UpstreamUrl.deployment(request.model(), target.modelName());
        String version = version(request, target);
        String operation = request.body().upstreamPath(request.operation());
        if (FoundryAddress.is(target.baseUrl())) {
            String url = target.baseUrl() + "/" + operation + "?api-version=" + target.apiVersion().orElse(FOUNDRY);
            return UpstreamCall.of(request, url, OpenAiProvider.body(request, deployment));
        }
        if (isDeepSeekR1(target.modelName())) {
            String url = target.baseUrl() + "/" + withoutSlashes(instance.deepseekPath()) + "/" + operation + "?api-version=" + version;
            return UpstreamCall.of(request, url, OpenAiProvider.body(request, deployment));
        }
        String base = target.baseUrl() + "/openai/";
        if (!DATED.matcher(version).matches()) {
            return UpstreamCall.of(request, base + ofNewerForm(operation, version), OpenAiProvider.body(request, deployment));
        }
        if (request.operation().underDeployment()) {
            String url = base + "deployments/" + deployment + "/" + operation + "?api-version=" + version;
            return UpstreamCall.of(request, url, datedBody(request, version));
        }
        String url = base + operation + "?api-version=" + version;
        return UpstreamCall.of(request, url, OpenAiProvider.body(request, deployment));
    }

    /** The key is in {@code api-key} unless the instance names another header. */
    @Override
    public Optional<Map.Entry<String, String>> authorization(InstanceSettings instance) {
        return instance.authorization("api-key");
    }

    @Override
    public String healthUrl(InstanceSettings instance, URI base) {
        if (FoundryAddress.is(base)) {
            return base + "/info?api-version=" + instance.apiVersion().orElse(FOUNDRY);
        }
        String version = instance.apiVersion().orElse(NEWEST_DATED);
        return base + "/openai/" + (DATED.matcher(version).matches() ? "models?api-version=" + version : ofNewerForm("models", version));
    }

    @Override
    public String telemetryName() {
        return "azure.ai.openai";
    }

    @Override
    public ResponseReader reader(ModelRequest request) {
        return new OpenAiResponseReader();
    }

    private static String ofNewerForm(String operation, String version) {
        return "v1/" + operation + (version.equals("v1") ? "" : "?api-version=" + version);
    }

    /**
     * The instance's version takes precedence over the client's. A client does not choose the form of a path that is passed as it came:
     * in the other form the same text could be about another object than the one whose owner was looked up.
     */
    private static String version(ModelRequest request, Target target) {
        if (request.body() instanceof PassedRequest) {
            return target.apiVersion().orElse(newest(request));
        }
        String requested = UpstreamUrl.version(request.apiVersion());
        return target.apiVersion().orElse(requested == null ? newest(request) : requested);
    }

    /** Operations outside deployments are newer than the newest dated version. */
    private static String newest(ModelRequest request) {
        return request.operation().underDeployment() ? NEWEST_DATED : "v1";
    }

    private static byte[] datedBody(ModelRequest request, String version) {
        boolean reportsUsage = version.compareTo(USAGE_IN_STREAMS_SINCE) >= 0;
        return request.body().forUpstream(null, request.stream() && request.operation().usageOnRequest() && reportsUsage);
    }

    private static boolean isDeepSeekR1(String deployment) {
        return deployment.regionMatches(true, 0, "deepseek", 0, 8)
                && deployment.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "").startsWith("deepseekr1");
    }

    private static String withoutSlashes(String path) {
        return path.replaceAll("^/+|/+$", "");
    }
}
