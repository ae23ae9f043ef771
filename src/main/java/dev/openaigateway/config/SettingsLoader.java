package dev.openaigateway.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the settings from wherever the environment says they are. */
public final class SettingsLoader {

    private final Environment environment;

    public SettingsLoader(Environment environment) {
        this.environment = environment;
    }

    /** @throws InvalidSettingsException with all problems of the first step that found any */
    public LoadedSettings load() throws InvalidSettingsException {
        return load(new SettingsTree());
    }

    /** Reads everything anew; what administrators changed since the start stays in force. */
    public LoadedSettings reload(LoadedSettings current) throws InvalidSettingsException {
        return load(current.changes());
    }

    /** Settings from a text in the shape of {@code instances.yaml} instead of from files. */
    public static Settings parse(String yaml, Environment environment) throws InvalidSettingsException {
        return new SettingsLoader(environment).validate(yaml).settings();
    }

    /** What a text in the shape of {@code instances.yaml} would amount to here; nothing is changed by asking. */
    public LoadedSettings validate(String yaml) throws InvalidSettingsException {
        return finish(YamlReader.read("request", yaml).tree(), new SettingsTree(), List.of("request"), List.of());
    }

    private LoadedSettings load(SettingsTree changes) throws InvalidSettingsException {
        SourceFiles files = SourceFiles.read(environment);
        return finish(files.tree(), changes, files.descriptions(), files.watched());
    }

    private LoadedSettings finish(SettingsTree tree, SettingsTree changes, List<String> read, List<Path> watched)
            throws InvalidSettingsException {
        SettingsTree variables = EnvironmentReader.read(environment, tree);
        tree.overlay(variables);
        Placeholders.resolve(tree, environment);
        tree.overlay(changes.forInstancesOf(tree));
        List<String> all = new ArrayList<>(read);
        if (variables.isFilled()) {
            all.add("environment variables");
        }
        return new LoadedSettings(SettingsBinder.bind(tree), tree, changes,
                new LoadedSettings.Sources(String.join(", ", all), watched));
    }
}
