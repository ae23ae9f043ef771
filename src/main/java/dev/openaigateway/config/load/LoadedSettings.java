package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.Settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Settings together with how they came about. Immutable; made by {@link SettingsLoader}. */
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
     * @param description the formats that were read, and from where
     * @param files       all that decides over the settings on disk, also files that do not exist yet;
     *                    a folder stands for the provider files in it
     * @param overlay     where changes that shall last are written; null when nothing was read from disk
     * @param variables   what environment variables said
     */
    record Sources(String description, List<Path> files, Path overlay, SettingsTree variables) {
    }

    /** The same, of which a reload keeps no more than these of the changes. */
    LoadedSettings keeping(SettingsTree lasting) {
        return new LoadedSettings(bound, tree, lasting, sources);
    }

    public Settings settings() {
        return bound.settings();
    }

    /** Which formats were read and from where, in one line for the log. */
    public String description() {
        return sources.description();
    }

    /** The files whose change may change the settings, as they are now; also an overlay file that does not exist yet. */
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

    /** Every value in force, defaults included and secrets masked, in the shape of {@code instances.yaml}. */
    public ObjectNode shown() {
        return bound.shown().deepCopy();
    }

    /** By path (such as {@code instances[azure-east].max_tpm}) where each value in force comes from. */
    public Map<String, String> origins() {
        return Collections.unmodifiableMap(bound.sources());
    }

    Sources sources() {
        return sources;
    }

    /** The merged tree, placeholders resolved. */
    SettingsTree tree() {
        return tree;
    }

    /** What administrators changed since the start. */
    SettingsTree changes() {
        return changes;
    }

    /** The variable that set the value at the path; null when none did. */
    Origin variable(String path) {
        return sources.variables().hasOrigin(path) ? sources.variables().origin(path) : null;
    }
}
