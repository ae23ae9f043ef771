package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.ProviderTraits;
import dev.openaigateway.config.Settings;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** Reads the settings from wherever the environment says they are. */
public final class SettingsLoader {

    private final Environment environment;
    private final Supplier<? extends Collection<String>> providers;

    /** Knows the built-in providers only. */
    public SettingsLoader(Environment environment) {
        this(environment, () -> ProviderTraits.BUILT_IN);
    }

    /** @param providers the names that {@code provider_type} may have, asked at each use */
    public SettingsLoader(Environment environment, Supplier<? extends Collection<String>> providers) {
        this.environment = environment;
        this.providers = providers;
    }

    /** @throws InvalidSettingsException with all problems of the first step that found any */
    public LoadedSettings load() throws InvalidSettingsException {
        return load(new SettingsTree(), knownProvider());
    }

    /**
     * Reads the settings before all providers are registered: {@code provider_type} may have any name.
     * {@link #requireProviders} checks it later.
     */
    public LoadedSettings loadBeforeProviders() throws InvalidSettingsException {
        return load(new SettingsTree(), text -> text.toLowerCase(Locale.ROOT));
    }

    /** @throws InvalidSettingsException if an instance names a provider that is not registered */
    public void requireProviders(LoadedSettings loaded) throws InvalidSettingsException {
        Collection<String> known = providers.get();
        if (!loaded.settings().instances().stream().allMatch(instance -> known.contains(instance.providerType()))) {
            SettingsBinder.bind(loaded.tree(), ValueParsers.oneOf(known));
        }
    }

    private ValueParser<String> knownProvider() {
        return ValueParsers.oneOf(providers.get());
    }

    /** Reads everything anew; what administrators changed since the start stays in force. */
    public LoadedSettings reload(LoadedSettings current) throws InvalidSettingsException {
        return load(current.changes(), knownProvider());
    }

    /** Settings from a text in the shape of {@code instances.yaml} instead of from files. */
    public static Settings parse(String yaml, Environment environment) throws InvalidSettingsException {
        SettingsLoader loader = new SettingsLoader(environment);
        return loader.finish(YamlReader.read("text", yaml).tree(), new SettingsTree(), loader.knownProvider(), List.of("text"), List.of(), null)
                .settings();
    }

    /**
     * Judges a text in the shape of {@code instances.yaml} as if it were all there is: its placeholders are resolved here,
     * but variables that set something themselves are left out, for they would hide a mistake of the text, or add one.
     */
    public void validate(String yaml) throws InvalidSettingsException {
        SettingsTree tree = YamlReader.read("request", yaml).tree();
        Placeholders.resolve(tree, environment);
        SettingsBinder.bind(tree, knownProvider());
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
        LoadedSettings changed = new LoadedSettings(SettingsBinder.bind(tree, knownProvider()), tree, changes, current.sources());
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

    private LoadedSettings load(SettingsTree changes, ValueParser<String> providerType) throws InvalidSettingsException {
        SourceFiles files = SourceFiles.read(environment);
        return finish(files.tree(), changes, providerType, files.descriptions(), files.watched(), files.overlay());
    }

    private LoadedSettings finish(SettingsTree tree, SettingsTree changes, ValueParser<String> providerType, List<String> read,
                                  List<Path> watched, Path overlay) throws InvalidSettingsException {
        SettingsTree variables = EnvironmentReader.read(environment, tree);
        tree.overlay(variables);
        Placeholders.resolve(tree, environment);
        tree.overlay(changes.forInstancesOf(tree));
        List<String> all = new ArrayList<>(read);
        if (variables.isFilled()) {
            all.add("environment variables");
        }
        return new LoadedSettings(SettingsBinder.bind(tree, providerType), tree, changes,
                new LoadedSettings.Sources(String.join(", ", all), watched, overlay, variables));
    }
}
