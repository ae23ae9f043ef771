package dev.openaigateway.reload;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.config.load.LoadedSettings;
import dev.openaigateway.config.load.SettingsLoader;
import dev.openaigateway.demo.Demo;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.reload.files.LiveFiles;
import dev.openaigateway.reload.live.LiveRouteFiles;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.tls.TlsCheck;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges texts as a reload would judge files with these texts, and applies nothing. Thread-safe. */
final class Validation {

    private final SettingsLoader loader;
    private final Environment environment;
    private final LiveSettings active;
    private final LiveRouteFiles rules;
    private final InstanceNamesCheck check;

    Validation(SettingsLoader loader, Environment environment, LiveSettings active, LiveRouteFiles rules, InstanceNamesCheck check) {
        this.check = check;
        this.loader = loader;
        this.environment = environment;
        this.active = active;
        this.rules = rules;
    }

    /**
     * Judges one text, of settings or of rules. Returns probable mistakes in the rules.
     *
     * @throws InvalidSettingsException with all problems
     */
    List<Problem> require(String text, LoadedSettings current) throws InvalidSettingsException {
        return RulesText.isRules(text) ? rules.check(text, active.get()) : require(Map.of(), settings("request", text, current));
    }

    /**
     * Judges several files together. Returns probable mistakes in the rules.
     *
     * @param files texts by name
     * @throws InvalidSettingsException with all problems
     */
    List<Problem> require(Map<String, String> files, LoadedSettings current) throws InvalidSettingsException {
        Settings settings = active.get();
        Map<String, String> routes = new LinkedHashMap<>();
        Set<String> names = new HashSet<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            String name = file.getKey().replaceFirst("^(\\./)?routes/", "");
            if (!names.add(name)) {
                throw new InvalidSettingsException(new Problem("request", "files", Optional.of(file.getKey()), "is given twice", Optional.empty()));
            }
            if (name.equals("instances.yaml")) {
                settings = settings(name, file.getValue(), current);
            } else if (LiveFiles.isName(name)) {
                routes.put(name, file.getValue());
            } else {
                throw new InvalidSettingsException(new Problem("request", "files", Optional.of(file.getKey()),
                        "must be instances.yaml, routing.camel.yaml, events.camel.yaml or rules/NAME.camel.yaml", Optional.empty()));
            }
        }
        return files.isEmpty() ? List.of() : require(routes, settings);
    }

    private List<Problem> require(Map<String, String> routes, Settings settings) throws InvalidSettingsException {
        check.expect(settings);
        try {
            List<Problem> warnings = rules.check(routes, settings);
            InstanceNamesCheck.require(rules.others(), settings);
            return warnings;
        } finally {
            check.expect(null);
        }
    }

    /** The settings of a text in place of the main file. */
    private Settings settings(String name, String text, LoadedSettings current) throws InvalidSettingsException {
        LoadedSettings loaded = loader.validate(name, text, current);
        TlsCheck.requireChanged(current, loaded);
        Settings alone = loaded.settings();
        List<InstanceSettings> instances = new ArrayList<>(alone.instances());
        current.besideMainFile().stream().filter(instance -> alone.instance(instance.name()).isEmpty()).forEach(instances::add);
        Settings complete = alone.withInstances(instances);
        requireInstances(name, complete, current);
        return Demo.unlessConfigured(complete, environment);
    }

    /**
     * A file that is being written may be empty for a moment, and the demo's routes start only with the gateway.
     *
     * @param source of the next settings
     */
    static void requireInstances(String source, Settings next, LoadedSettings current) throws InvalidSettingsException {
        if (next.instances().isEmpty() && !current.settings().instances().isEmpty()) {
            throw new InvalidSettingsException(new Problem(source, "instances", Optional.empty(),
                    "must not become empty while the gateway runs; 'enabled: false' takes an instance out", Optional.empty()));
        }
    }
}
