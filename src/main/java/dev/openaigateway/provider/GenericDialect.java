package dev.openaigateway.provider;

import dev.openaigateway.call.Call;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.InstanceSettings.Target;
import dev.openaigateway.routing.Attempt;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * OpenAI's own form: the body as it came; {@code model} is rewritten only where the upstream knows it by another name,
 * and a stream is asked to report its usage.
 */
public final class GenericDialect implements Processor {

    @Override
    public void process(Exchange exchange) {
        Attempt attempt = Attempt.of(exchange);
        Call call = attempt.call();
        InstanceSettings instance = attempt.instance().settings();
        String operation = call.request().operation().path();
        Target target = instance.target(call.request().model(), operation);
        String url = url(target.baseUrl().toString(), operation + call.request().body().subPath());
        UpstreamRequest.put(exchange, call, url, body(call, target.modelName()), instance);
    }

    static byte[] body(Call call, String model) {
        return call.request().body().forUpstream(model, call.request().stream() && call.request().operation().usageOnRequest());
    }

    /** @param base of the instance, with or without {@code /v1} at its end */
    public static String url(String base, String operation) {
        return base + (base.endsWith("/v1") ? "/" : "/v1/") + operation;
    }
}
