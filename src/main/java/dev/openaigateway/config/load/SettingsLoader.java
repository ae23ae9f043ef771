package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.Settings;

import java.io.IOException;
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
        return new SettingsLoader(environment)
                .finish(YamlReader.read("text", yaml).tree(), new SettingsTree(), List.of("text"), List.of(), null).settings();
    }

    /**
     * Judges a text in the shape of {@code instances.yaml} as if it were all there is: its placeholders are resolved here,
     * but variables that set something themselves are left out, for they would hide a mistake of the text, or add one.
     */
    public void validate(String yaml) throws InvalidSettingsException {
        SettingsTree tree = YamlReader.read("request", yaml).tree();
        Placeholders.resolve(tree, environment);
        SettingsBinder.bind(tree);
    }

    /**
     * Changes one instance until the next start.
     *
     * @param values some of an instance's keys, as in {@code instances.yaml}; checked as if they stood in a file
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
     * Changes one instance for good: the change is also written to the overlay file. What else was edited on disk stays
     * for a reload, but must be in order, for the change to be of use at the next start.
     *
     * @throws InvalidSettingsException also when the file cannot be written; then nothing has changed
     */
    public LoadedSettings persist(LoadedSettings current, String instance, ObjectNode values) throws InvalidSettingsException {
        LoadedSettings changed = change(current, instance, values);
        LoadedSettings onDisk = reload(current);
        InstanceChange change = new InstanceChange(instance, values);
        change(onDisk, instance, values);
        change.refuseWhereVariablesRule(onDisk);
        Path overlay = onDisk.sources().overlay();
        try {
            new OverlayFile(overlay).write(change);
        } catch (IOException e) {
            throw Problem.about(environment.describe(overlay), "cannot be written");
        }
        return changed.keeping(current.changes().withoutKeysOf(change.over(current)));
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
