package dev.openaigateway.demo;

import dev.openaigateway.config.HostAndPort;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.SettingsLoader;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.provider.Providers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The instances used while none is configured: the gateway's own demo upstream, one per provider. */
public final class Demo {

    private static final String INSTANCES = "demo-instances.yaml";

    private Demo() {
    }

    /**
     * Returns the settings unchanged, or with the demo instances if they have no instances.
     *
     * @throws InvalidSettingsException if other machines could reach the demo, whose responses are made up, and {@code DEMO} is not {@code true}
     */
    public static Settings unlessConfigured(Settings settings, Environment environment) throws InvalidSettingsException {
        if (!isOn(settings)) {
            return settings;
        }
        if (!settings.isLocal() && !environment.allowsDemo()) {
            throw new InvalidSettingsException(new Problem("settings", "instances", Optional.empty(), "must name at least one instance, since the "
                    + "gateway listens beyond this machine (host " + settings.host() + "); DEMO=true lets the demo upstream answer", Optional.empty()));
        }
        String yaml = text().replace("HOST:PORT", reachable(settings));
        return settings.withInstances(SettingsLoader.parse(yaml, environment, Providers.traitsOf(Providers.BUILT_IN)).instances());
    }

    /**
     * Whether the demo upstream responds. It does not over TLS, since the gateway would have to trust its own certificate.
     *
     * @param configured the settings as read, without the demo instances
     */
    public static boolean isOn(Settings configured) {
        return configured.instances().isEmpty() && configured.tls().isEmpty();
    }

    private static String reachable(Settings settings) {
        boolean any = settings.host().equals("0.0.0.0") || settings.host().equals("::");
        return HostAndPort.of(any ? "127.0.0.1" : settings.host(), settings.port());
    }

    /** A log line that announces the demo and shows how to try it. */
    public static String invitation(Settings settings) {
        return "No instance is configured, so the demo upstream answers. Try: curl http://" + reachable(settings)
                + "/v1/chat/completions -H 'Content-Type: application/json'" + (settings.clients().keys().isEmpty() ? "" : " -H \"api-key: $KEY\"")
                + " -d '{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"Hello!\"}]}'";
    }

    private static String text() {
        try (InputStream stream = Demo.class.getResourceAsStream(INSTANCES)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The jar lacks " + INSTANCES, e);
        }
    }
}
