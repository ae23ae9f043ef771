package dev.openaigateway.provider;

import dev.openaigateway.call.Call;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InstanceSettings.Target;
import dev.openaigateway.routing.Attempt;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.util.regex.Pattern;

/**
 * Azure OpenAI: the dated form has the deployment in the path and no {@code model} in the body; {@code api_version: v1}
 * selects the newer form, where {@code model} is the deployment.
 *
 * @see <a href="https://learn.microsoft.com/azure/ai-services/openai/reference">Azure OpenAI REST API reference</a>
 */
public final class AzureDialect implements Processor {

    public static final String NEWEST_DATED = "2024-10-21";

    /** Any other version belongs to the newer form: {@code v1}, and {@code preview}, which it takes as a parameter. */
    private static final Pattern DATED = Pattern.compile("\\d{4}-\\d{2}-\\d{2}(-preview)?");
    private static final String USAGE_IN_STREAMS_SINCE = "2024-09-01";

    @Override
    public void process(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        Call call = attempt.call();
        InstanceSettings instance = attempt.instance().settings();
        Target target = instance.target(call.request().model(), call.request().operation().path());
        String base = target.baseUrl() + "/openai/";
        String deployment = UpstreamUrl.deployment(call.request().model(), target.modelName());
        String version = version(call, instance);
        String operation = call.request().operation().path() + call.request().body().subPath();
        if (!DATED.matcher(version).matches()) {
            String url = base + ofNewerForm(operation, version);
            UpstreamRequest.put(exchange, call, url, GenericDialect.body(call, deployment), instance);
        } else if (call.request().operation().underDeployment()) {
            String url = base + "deployments/" + deployment + "/" + operation + "?api-version=" + version;
            UpstreamRequest.put(exchange, call, url, datedBody(call, version), instance);
        } else {
            String url = base + operation + "?api-version=" + version;
            UpstreamRequest.put(exchange, call, url, GenericDialect.body(call, deployment), instance);
        }
    }

    private static String ofNewerForm(String operation, String version) {
        return "v1/" + operation + (version.equals("v1") ? "" : "?api-version=" + version);
    }

    /** Where the list of models is, below {@code /openai/}. */
    public static String models(String version) {
        return DATED.matcher(version).matches() ? "models?api-version=" + version : ofNewerForm("models", version);
    }

    /** The instance's version counts before the client's. */
    static String version(Call call, InstanceSettings instance) {
        String requested = UpstreamUrl.version(call.request().apiVersion());
        return instance.apiVersion().orElse(requested == null ? newest(call) : requested);
    }

    /** What is under no deployment came after the newest dated version. */
    private static String newest(Call call) {
        return call.request().operation().underDeployment() ? NEWEST_DATED : "v1";
    }

    private static byte[] datedBody(Call call, String version) {
        boolean reportsUsage = version.compareTo(USAGE_IN_STREAMS_SINCE) >= 0;
        return call.request().body().forUpstream(null, call.request().stream() && call.request().operation().usageOnRequest() && reportsUsage);
    }
}
