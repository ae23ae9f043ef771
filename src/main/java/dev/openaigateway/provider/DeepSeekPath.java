package dev.openaigateway.provider;

import dev.openaigateway.call.Call;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InstanceSettings.ProviderType;
import dev.openaigateway.config.InstanceSettings.Target;
import dev.openaigateway.routing.Attempt;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.util.Locale;

/**
 * Readdresses a request for DeepSeek R1 on Azure: it is not under {@code /openai/deployments} but under a path of its
 * own, {@code /deepseek} unless the instance says otherwise ({@code /models} on Azure AI Foundry), and its body names
 * the deployment as {@code model}.
 */
public final class DeepSeekPath implements Processor {

    @Override
    public void process(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        Call call = attempt.call();
        InstanceSettings instance = attempt.instance().settings();
        Target target = instance.target(call.request().model(), call.request().operation().path());
        if (instance.providerType() != ProviderType.AZURE || !isDeepSeekR1(target.modelName())) {
            return;
        }
        String deployment = UpstreamUrl.deployment(call.request().model(), target.modelName());
        String url = target.baseUrl() + "/" + withoutSlashes(instance.deepseekPath()) + "/" + call.request().operation().path() + call.request().body().subPath()
                + "?api-version=" + AzureDialect.version(call, instance);
        UpstreamRequest.put(exchange, call, url, GenericDialect.body(call, deployment), instance);
    }

    private static boolean isDeepSeekR1(String deployment) {
        return deployment.regionMatches(true, 0, "deepseek", 0, 8)
                && deployment.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "").startsWith("deepseekr1");
    }

    private static String withoutSlashes(String path) {
        return path.replaceAll("^/+|/+$", "");
    }
}
