package dev.openaigateway.upstream;

import dev.openaigateway.api.Call;
import dev.openaigateway.api.JsonEdit;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.routing.Attempt;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Azure OpenAI: the dated form has the deployment in the path and no {@code model} in the body; {@code api_version: v1}
 * selects the newer form, where {@code model} is the deployment.
 *
 * @see <a href="https://learn.microsoft.com/azure/ai-services/openai/reference">Azure OpenAI REST API reference</a>
 */
public final class AzureDialect implements Processor {

    static final String NEWEST_DATED = "2024-10-21";

    private static final String USAGE_IN_STREAMS_SINCE = "2024-09-01";

    @Override
    public void process(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        Call call = attempt.call();
        InstanceSettings instance = attempt.instance().settings();
        String deployment = Address.deployment(call.model(), instance.deployment(call.model()));
        String version = version(call, instance);
        String operation = call.operation().path();
        if (version.equals("v1")) {
            String url = instance.apiBase() + "/openai/v1/" + operation;
            UpstreamRequest.put(exchange, call, url, GenericDialect.body(call, deployment), instance);
        } else {
            String url = instance.apiBase() + "/openai/deployments/" + deployment + "/" + operation + "?api-version=" + version;
            UpstreamRequest.put(exchange, call, url, datedBody(call, version), instance);
        }
    }

    /** The instance's version counts before the client's. */
    static String version(Call call, InstanceSettings instance) {
        String asked = Address.version(call.apiVersion());
        return instance.apiVersion().orElse(asked == null ? NEWEST_DATED : asked);
    }

    private static byte[] datedBody(Call call, String version) {
        JsonEdit edit = call.body().edit().withoutModel();
        if (call.stream() && call.operation().usageOnRequest() && version.compareTo(USAGE_IN_STREAMS_SINCE) >= 0) {
            edit.requestUsage();
        }
        return edit.bytes();
    }
}
