package dev.openaigateway.provider;

import dev.openaigateway.call.ModelRequest;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.ProviderTraits;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How one kind of upstream is called and read. There is one object per {@code provider_type}. It is a bean of the Camel
 * registry under any bean name, and a step of the route of each of its instances.
 *
 * <p>Thread-safe: one object serves all requests. No method returns null.
 */
public interface Provider extends Processor {

    /** The {@code provider_type} of the settings. Lower case, unique among all providers, and always the same. */
    String name();

    /**
     * What an instance with this provider must have, and how its settings are read. Always the same. Settings that break
     * these rules are refused at the start and in a reload.
     */
    default ProviderTraits traits() {
        return ProviderTraits.NONE;
    }

    /**
     * The call to the upstream for a client's request. Called for each attempt, because each instance may need
     * another URL and another body. Client input must not change the target: a model's name may be part of a URL
     * only if {@link InstanceSettings#isPlainName} holds.
     *
     * @param request  as the client sent it, but with the model to ask for, which a rule may have replaced
     * @param instance the settings of the instance that is called
     * @throws dev.openaigateway.openai.ApiException if this provider cannot serve the request; the client gets that error,
     *                                               and no other instance is tried
     */
    UpstreamCall request(ModelRequest request, InstanceSettings instance);

    /**
     * The header with the credentials, as name and value; empty if the instance has none. Called for each attempt and each
     * health check, so credentials that expire are cached by the provider. The value must not appear in logs and messages.
     *
     * @throws RuntimeException if there are no valid credentials; the attempt or the check fails
     */
    default Optional<Map.Entry<String, String>> authorization(InstanceSettings instance) {
        return instance.authorization("Authorization");
    }

    /**
     * The URL for a health check with GET, for an instance without {@code health_path}. A response shows that the upstream is
     * healthy unless its status is 401, 403, or 500 and above.
     *
     * @param base the instance's {@code api_base}, or the address of one of its targets; without a trailing slash, and with a
     *             query if the settings have one: {@link UpstreamUrl#below}
     */
    String healthUrl(InstanceSettings instance, URI base);

    /**
     * The URL at which an instance that serves any model lists its models with GET, in OpenAI's form; empty if it has none.
     * Only models that a client can ask for by these names are listed there.
     */
    default Optional<String> modelsUrl(InstanceSettings instance) {
        return Optional.empty();
    }

    /** The value of {@code gen_ai.provider.name} in metrics, as OpenTelemetry's conventions name providers. */
    String telemetryName();

    /**
     * A reader for the response to one attempt of the request. Each response gets its own, so a reader may keep state.
     *
     * @param request as for {@link #request}
     */
    ResponseReader reader(ModelRequest request);

    /** The step of an instance's route: puts the call of {@link #request} on the exchange. Not to be overridden. */
    @Override
    default void process(Exchange exchange) {
        UpstreamRequest.put(exchange, this);
    }
}
