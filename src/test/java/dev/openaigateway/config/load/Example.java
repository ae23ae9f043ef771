package dev.openaigateway.config.load;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.support.TestSettings;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Configuration examples from the documentation of other proxies, whose formats the gateway reads. */
public final class Example {

    private Example() {
    }

    public static Path path(String name) throws URISyntaxException {
        return Path.of(Example.class.getResource("/config/" + name).toURI());
    }

    public static Map<String, String> variables(String name) throws IOException, URISyntaxException {
        Map<String, String> variables = new HashMap<>();
        Files.readAllLines(path(name)).stream()
                .filter(line -> !line.startsWith("#") && line.contains("="))
                .forEach(line -> variables.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return variables;
    }

    static LoadedSettings load(Map<String, String> variables) throws InvalidSettingsException {
        return TestSettings.loader(new Environment(variables, Path.of("/nonexistent"))).load();
    }

    static InstanceSettings instance(LoadedSettings loaded, String name) {
        return loaded.settings().instance(name).orElseThrow();
    }
}
