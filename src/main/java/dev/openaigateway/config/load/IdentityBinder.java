package dev.openaigateway.config.load;

import dev.openaigateway.config.IdentitySettings;
import dev.openaigateway.config.IdentitySettings.Type;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code identity} of an instance: an object, or only the type. */
final class IdentityBinder {

    private static final String FOUNDRY = "https://ai.azure.com/.default";
    private static final List<String> CLOUDS = List.of(".azure.us", ".azure.cn");

    private IdentityBinder() {
    }

    /** @param apiBase null if it is not valid */
    static Optional<IdentitySettings> bind(Section instance, URI apiBase) {
        if (!instance.isGiven("identity")) {
            return Optional.empty();
        }
        Section section = instance.sectionOrText("identity", "type");
        IdentitySettings identity = new IdentitySettings(
                section.value("type", Type.DEFAULT, ValueParsers.oneOf(Type.class)),
                section.optional("tenant_id", ValueParsers::name),
                section.optional("client_id", ValueParsers::name),
                section.secret("client_secret", ValueParsers::text),
                section.optional("token_file", ValueParsers::fileName),
                section.value("scope", scope(apiBase), IdentityBinder::scope));
        section.refuseUnknownKeys();
        if (!identity.secret().isBlank() && (identity.type() == Type.WORKLOAD || identity.type() == Type.MANAGED)) {
            section.problem("client_secret", "****", "must not be set for the type " + section.written("type", identity.type().name().toLowerCase(Locale.ROOT)));
        }
        return Optional.of(identity);
    }

    /** The resource that Azure's hosts belong to. A custom address counts as that of an Azure OpenAI resource. */
    private static String scope(URI apiBase) {
        String host = apiBase == null ? "" : apiBase.getHost().toLowerCase(Locale.ROOT);
        if (host.endsWith(".services.ai.azure.com")) {
            return FOUNDRY;
        }
        return "https://cognitiveservices" + CLOUDS.stream().filter(host::endsWith).findFirst().orElse(".azure.com") + "/.default";
    }

    private static String scope(String text) throws InvalidValueException {
        if (!text.matches("[!-~]+/\\.default")) {
            throw new InvalidValueException("must be a scope that ends with /.default, such as " + FOUNDRY);
        }
        return text;
    }
}
