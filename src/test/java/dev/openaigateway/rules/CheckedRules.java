package dev.openaigateway.rules;

import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.InvalidSettingsException;
import dev.openaigateway.config.load.Problem;
import dev.openaigateway.config.load.SettingsLoader;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.engine.SimpleCamelContext;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks texts of rules in a Camel context that has nothing of the gateway but the instances east and west. */
final class CheckedRules {

    private final CamelContext context = new SimpleCamelContext(true);
    private final Settings settings = settings();

    private static Settings settings() {
        try {
            return SettingsLoader.parse("""
                    instances:
                      - { name: east, provider_type: generic, api_key: k, api_base: "http://east" }
                      - { name: west, provider_type: generic, api_key: k, api_base: "http://west" }
                    """, new Environment(Map.of(), Path.of("").toAbsolutePath()));
        } catch (InvalidSettingsException e) {
            throw new AssertionError(e);
        }
    }

    /** The problems of a file {@code rules.yaml} with this text. */
    List<String> problems(String text) {
        return new RulesCheck(context).problems(List.of(RulesText.rules("rules.yaml", text)),
                new Surroundings(settings, List.of(), List.of(), Set.of())).stream().map(Problem::message).toList();
    }
}
