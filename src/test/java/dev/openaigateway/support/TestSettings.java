package dev.openaigateway.support;

import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.SettingsLoader;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.provider.Providers;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Settings for tests of one class. */
public final class TestSettings {

    private TestSettings() {
    }

    /** @param yaml settings in the shape of {@code instances.yaml} */
    public static Settings of(String yaml) {
        try {
            return parse(yaml, new Environment(Map.of(), Path.of("")));
        } catch (InvalidSettingsException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** @param yaml settings in the shape of {@code instances.yaml} */
    public static LiveSettings live(String yaml) {
        return new LiveSettings(of(yaml));
    }

    /** The list {@code instances} with these names, all at one upstream. */
    public static String instances(String apiBase, String... names) {
        return "instances:\n" + Stream.of(names)
                .map(name -> "  - { name: " + name + ", provider_type: generic, api_key: k, api_base: \"" + apiBase + "\" }\n").collect(Collectors.joining());
    }

    /** Settings from a text, with the providers of the gateway. */
    public static Settings parse(String yaml, Environment environment) throws InvalidSettingsException {
        return SettingsLoader.parse(yaml, environment, Providers.traitsOf(Providers.BUILT_IN));
    }

    /** A loader that knows the providers of the gateway. */
    public static SettingsLoader loader(Environment environment) {
        return new SettingsLoader(environment, () -> Providers.traitsOf(Providers.BUILT_IN));
    }
}
