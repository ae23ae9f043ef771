package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.problem.InvalidSettingsException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Settings together with their sources. Immutable; created by {@link SettingsLoader}. */
public final class LoadedSettings {

    private final SettingsBinder.Bound bound;
    private final SettingsTree tree;
    private final SettingsTree changes;
    private final Sources sources;

    LoadedSettings(SettingsBinder.Bound bound, SettingsTree tree, SettingsTree changes, Sources sources) {
        this.bound = bound;
        this.tree = tree;
        this.changes = changes;
        this.sources = sources;
    }

    /**
     * @param description the formats and sources that were read
     * @param files       all files that affect the settings, including those that do not exist yet; a folder stands for the
     *                    provider files in it
     * @param overlay     the file to which persistent changes are written; null if nothing was read from disk
     * @param variables   the settings from environment variables
     */
    record Sources(String description, List<Path> files, Path overlay, SettingsTree variables) {
    }

    /** A copy of which a reload keeps only these of the administrators' changes. */
    LoadedSettings withChanges(SettingsTree kept) {
        return new LoadedSettings(bound, tree, kept, sources);
    }

    public Settings settings() {
        return bound.settings();
    }

    /** The formats and sources that were read, in one line for the log. */
    public String description() {
        return sources.description();
    }

    /** The files that affect the settings, as of now, including an overlay file that does not exist yet. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>();
        for (Path file : sources.files()) {
            try {
                files.addAll(Files.isDirectory(file) ? SourceFiles.providerFiles(file) : List.of(file));
            } catch (IOException unreadable) {
                files.add(file);
            }
        }
        return files;
    }

    /** A copy of all active values, including defaults, in the structure of {@code instances.yaml}. Secrets are masked. */
    public ObjectNode shown() {
        return bound.shown().deepCopy();
    }

    /** The source of each active value, by path (such as {@code instances[azure-east].max_tpm}). Unmodifiable. */
    public Map<String, String> origins() {
        return Collections.unmodifiableMap(bound.sources());
    }

    /** The instances that another source than the main YAML file defines, such as a variable or a provider file. */
    public List<InstanceSettings> besideMainFile() {
        return settings().instances().stream().filter(instance -> {
            String base = SettingsTree.join(SettingsTree.join("instances", instance.name()), "api_base");
            return tree.hasOrigin(base) && !(description() + ",").startsWith("YAML " + tree.origin(base).source() + ",");
        }).toList();
    }

    /** Whether the value at the path follows from others, since no source sets it. */
    public boolean isDefault(String path) {
        return "default".equals(bound.sources().get(path));
    }

    /** The exception for a value that cannot be used although its form is right, with its place. */
    public InvalidSettingsException refusal(String path, String value, String requirement) {
        return new InvalidSettingsException(tree.origin(path).problem(tree.written(path, value), requirement));
    }

    Sources sources() {
        return sources;
    }

    /** The merged tree, with placeholders resolved. */
    SettingsTree tree() {
        return tree;
    }

    /** The changes that administrators made since the start. */
    SettingsTree changes() {
        return changes;
    }

    /** The variable that set the value at the path; null if none did. */
    Origin variable(String path) {
        return sources.variables().hasOrigin(path) ? sources.variables().origin(path) : null;
    }
}
