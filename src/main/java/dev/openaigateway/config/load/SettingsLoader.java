package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.Settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads the settings from the files and variables that the environment names. */
public final class SettingsLoader {

    private final Environment environment;

    public SettingsLoader(Environment environment) {
        this.environment = environment;
    }

    /** @throws InvalidSettingsException with all problems of the first step that found problems */
    public LoadedSettings load() throws InvalidSettingsException {
        return load(new SettingsTree());
    }

    /** Reads all sources again. Changes that administrators made since the start are kept. */
    public LoadedSettings reload(LoadedSettings current) throws InvalidSettingsException {
        return load(current.changes());
    }

    /** Reads settings from a text in the structure of {@code instances.yaml} instead of from files. */
    public static Settings parse(String yaml, Environment environment) throws InvalidSettingsException {
        return new SettingsLoader(environment)
                .finish(YamlReader.read("text", yaml).tree(), new SettingsTree(), List.of("text"), List.of(), null).settings();
    }

    /**
     * Validates a text in the structure of {@code instances.yaml} on its own. Placeholders are resolved with the environment
     * of this gateway, but variables that are settings themselves are ignored, since they could hide or add errors.
     */
    public void validate(String yaml) throws InvalidSettingsException {
        SettingsTree tree = YamlReader.read("request", yaml).tree();
        Placeholders.resolve(tree, environment);
        SettingsBinder.bind(tree);
    }

    /**
     * Changes one instance until the next start. Returns new settings; {@code current} does not change.
     *
     * @param values some of an instance's keys, as in {@code instances.yaml}; validated like those in a file
     */
    public LoadedSettings change(LoadedSettings current, String instance, ObjectNode values) throws InvalidSettingsException {
        SettingsTree change = new InstanceChange(instance, values).over(current);
        SettingsTree tree = current.tree().copy();
        tree.overlay(change);
        SettingsTree changes = current.changes().copy();
        changes.overlay(change);
        LoadedSettings changed = new LoadedSettings(SettingsBinder.bind(tree), tree, changes, current.sources());
        LocalTargets.refuseNew(current.settings(), changed.settings());
        return changed;
    }

    /**
     * Changes one instance persistently: the change is also written to the overlay file. Other edits on disk are applied
     * only by a reload, but must be valid, so that the gateway can start with the change.
     *
     * @throws InvalidSettingsException also if the file cannot be written; nothing is changed then
     */
    public LoadedSettings persist(LoadedSettings current, String instance, ObjectNode values) throws InvalidSettingsException {
        LoadedSettings changed = change(current, instance, values);
        LoadedSettings onDisk = reload(current);
        InstanceChange change = new InstanceChange(instance, values);
        change(onDisk, instance, values);
        change.refuseOverriddenKeys(onDisk);
        Path overlay = onDisk.sources().overlay();
        try {
            new OverlayFile(overlay).write(change);
        } catch (IOException e) {
            throw Problem.about(environment.describe(overlay), "cannot be written");
        }
        return changed.withChanges(current.changes().withoutKeysOf(change.over(current)));
    }

    private LoadedSettings load(SettingsTree changes) throws InvalidSettingsException {
        SourceFiles files = SourceFiles.read(environment);
        return finish(files.tree(), changes, files.descriptions(), files.watched(), files.overlay());
    }

    private LoadedSettings finish(SettingsTree tree, SettingsTree changes, List<String> read, List<Path> watched, Path overlay)
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
                new LoadedSettings.Sources(String.join(", ", all), watched, overlay, variables));
    }
}
