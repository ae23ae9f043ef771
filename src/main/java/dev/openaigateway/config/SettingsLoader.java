package dev.openaigateway.config;

import java.util.List;

/** Reads the settings from wherever the environment says they are. */
public final class SettingsLoader {

    private final Environment environment;

    public SettingsLoader(Environment environment) {
        this.environment = environment;
    }

    /** @throws InvalidSettingsException with all problems of the first step that found any */
    public LoadedSettings load() throws InvalidSettingsException {
        SourceFiles files = SourceFiles.locate(environment);
        SettingsTree tree = new SettingsTree();
        for (Document document : files.documents()) {
            tree.overlay(document.tree());
        }
        return finish(tree, new LoadedSettings.Sources(files.description(), files.watched()));
    }

    /** Settings from a text in the shape of {@code instances.yaml} instead of from files. */
    public static Settings parse(String yaml, Environment environment) throws InvalidSettingsException {
        return new SettingsLoader(environment).validate(yaml).settings();
    }

    /** What a text in the shape of {@code instances.yaml} would amount to here; nothing is changed by asking. */
    public LoadedSettings validate(String yaml) throws InvalidSettingsException {
        SettingsTree tree = YamlReader.read("request", yaml).tree();
        return finish(tree, new LoadedSettings.Sources("request", List.of()));
    }

    private LoadedSettings finish(SettingsTree tree, LoadedSettings.Sources sources) throws InvalidSettingsException {
        Placeholders.resolve(tree, environment);
        return new LoadedSettings(SettingsBinder.bind(tree), tree, new SettingsTree(), sources);
    }
}
