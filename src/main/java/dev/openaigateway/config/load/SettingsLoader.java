package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.ProviderTraits;
import dev.openaigateway.config.Settings;
import dev.openaigateway.problem.InvalidSettingsException;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads the settings from the files and variables that the environment names. */
public final class SettingsLoader {

    private final Environment environment;
    private final Supplier<Map<String, ProviderTraits>> providers;

    /** Reads from the environment; the traits of the providers by name are looked up at each use. */
    public SettingsLoader(Environment environment, Supplier<Map<String, ProviderTraits>> providers) {
        this.environment = environment;
        this.providers = providers;
    }

    /**
     * Reads and validates all sources.
     *
     * @throws InvalidSettingsException with all problems of the first step that found problems
     */
    public LoadedSettings load() throws InvalidSettingsException {
        return load(new SettingsTree(), registered());
    }

    /**
     * Reads the settings before all providers are registered: {@code provider_type} may have any name, and a provider
     * that is not known yet requires nothing. {@link #withProviders} completes them later.
     */
    public LoadedSettings loadBeforeProviders() throws InvalidSettingsException {
        return load(new SettingsTree(), new KnownProviders(providers.get(), false));
    }

    /**
     * The same settings if their instances were read with the traits of their providers; otherwise all sources are read again.
     *
     * @throws InvalidSettingsException if an instance names a provider that is not registered, or lacks what it requires
     */
    public LoadedSettings withProviders(LoadedSettings loaded) throws InvalidSettingsException {
        return registered().fit(loaded.settings().instances()) ? loaded : reload(loaded);
    }

    private KnownProviders registered() {
        return new KnownProviders(providers.get(), true);
    }

    /** Reads all sources again. Changes that administrators made since the start are kept. */
    public LoadedSettings reload(LoadedSettings current) throws InvalidSettingsException {
        return load(current.changes(), registered());
    }

    /** Files beside the settings and the rules that every source is refused for, since they are not read because of their names. */
    public List<Path> unread() {
        return List.copyOf(UnreadFiles.in(environment).keySet());
    }

    /**
     * The tags of all instances by name, from all sources, also if the settings are not valid otherwise.
     *
     * @throws InvalidSettingsException if a source cannot be read, so that some names are not known
     */
    public Map<String, List<String>> instanceTags() throws InvalidSettingsException {
        SettingsTree tree = SourceFiles.read(environment).tree();
        tree.overlay(EnvironmentReader.read(environment, tree, new KnownProviders(providers.get(), false)));
        try {
            Placeholders.resolve(tree, environment);
        } catch (InvalidSettingsException noValue) {
            // The values in question are rarely names and tags.
        }
        Map<String, List<String>> tags = new LinkedHashMap<>();
        tree.instances().properties().forEach(instance -> {
            JsonNode given = instance.getValue().path("tags");
            Stream<String> words = given.isArray() ? StreamSupport.stream(given.spliterator(), false).map(JsonNode::asText) : Stream.of(given.asText().split(","));
            tags.put(instance.getKey(), words.map(String::strip).filter(word -> !word.isEmpty()).toList());
        });
        return tags;
    }

    /** Reads settings from a text in the structure of {@code instances.yaml} instead of from files. */
    public static Settings parse(String yaml, Environment environment, Map<String, ProviderTraits> providers)
            throws InvalidSettingsException {
        SettingsLoader loader = new SettingsLoader(environment, () -> providers);
        return loader.finish(YamlReader.read("text", yaml).tree(), new SettingsTree(), loader.registered(), List.of("text"), List.of(), null)
                .bind().settings();
    }

    /**
     * Validates a text in the structure of {@code instances.yaml} on its own. Placeholders are resolved with the environment
     * of this gateway, but variables that are settings themselves are ignored, since they could hide or add errors. Of files they may name
     * only those that the gateway's own settings name, as active or as on disk: the text comes over the network.
     */
    public LoadedSettings validate(String name, String yaml, LoadedSettings current) throws InvalidSettingsException {
        RegularFile.requireSize(name, yaml, RegularFile.LARGEST_SETTINGS);
        SettingsTree tree = YamlReader.read(name, yaml).tree();
        Placeholders.resolve(tree, environment, NamedFiles.of(current, environment));
        return new LoadedSettings(SettingsBinder.bind(tree, registered()), tree, current.changes(), current.sources());
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
        LoadedSettings changed = new LoadedSettings(SettingsBinder.bind(tree, registered()), tree, changes, current.sources());
        LocalTargets.refuseNew(current.settings(), changed.settings());
        return changed;
    }

    /**
     * Changes one instance persistently: the change is to be written to the overlay file too. Other edits on disk are applied
     * only by a reload, but must be valid, so that the gateway can start with the change.
     *
     * @throws InvalidSettingsException also if the file cannot be written; nothing is changed then
     */
    public OverlayEdit persist(LoadedSettings current, String instance, ObjectNode values) throws InvalidSettingsException {
        LoadedSettings changed = change(current, instance, values);
        InstanceChange change = new InstanceChange(instance, values);
        return OverlayEdit.prepare(current.sources().overlay(), environment, changed.withChanges(current.changes().withoutKeysOf(change.over(current))), file -> {
            LoadedSettings onDisk = reload(current);
            change(onDisk, instance, values);
            change.refuseOverriddenKeys(onDisk);
            file.prepare(change);
        });
    }

    /**
     * Changes the keys of one client, in the active settings and in the overlay file. Other edits on disk are applied only by a
     * reload, but must be valid.
     *
     * @throws InvalidSettingsException if the client or the key is not known, or the file cannot be written; nothing is changed then
     */
    public OverlayEdit changeKeys(LoadedSettings current, KeyChange change) throws InvalidSettingsException {
        ObjectNode values = change.over(current);
        return OverlayEdit.prepare(current.sources().overlay(), environment, withKeys(current, values),
                file -> file.prepare(JsonNodeFactory.instance.objectNode().set("clients", onDisk(current, change, values))));
    }

    /** The same change of what the files hold now, which another gateway or an editor may have changed. */
    private ObjectNode onDisk(LoadedSettings current, KeyChange change, ObjectNode values) throws InvalidSettingsException {
        Unbound onDisk = read(current.changes(), registered());
        if (onDisk.tree().root().equals(current.tree().root())) {
            return values;
        }
        LoadedSettings edited = onDisk.bind();
        ObjectNode others = change.over(edited);
        withKeys(edited, others);
        return others;
    }

    private LoadedSettings withKeys(LoadedSettings base, ObjectNode values) throws InvalidSettingsException {
        SettingsTree tree = base.tree().copy();
        tree.overlay(KeyChange.tree(values));
        return new LoadedSettings(SettingsBinder.bind(tree, registered()), tree, base.changes(), base.sources());
    }

    /** What all sources hold, not validated yet: with thousands of clients that is most of the work. */
    private record Unbound(SettingsTree tree, SettingsTree changes, KnownProviders known, LoadedSettings.Sources sources) {

        LoadedSettings bind() throws InvalidSettingsException {
            return new LoadedSettings(SettingsBinder.bind(tree, known), tree, changes, sources);
        }
    }

    private LoadedSettings load(SettingsTree changes, KnownProviders known) throws InvalidSettingsException {
        return read(changes, known).bind();
    }

    private Unbound read(SettingsTree changes, KnownProviders known) throws InvalidSettingsException {
        SourceFiles files = SourceFiles.read(environment);
        return finish(files.tree(), changes, known, files.descriptions(), files.watched(), files.overlay());
    }

    private Unbound finish(SettingsTree tree, SettingsTree changes, KnownProviders known, List<String> read,
                                  List<Path> watched, Path overlay) throws InvalidSettingsException {
        SettingsTree variables = EnvironmentReader.read(environment, tree, known);
        tree.overlay(variables);
        List<Path> files = new ArrayList<>(watched);
        files.addAll(Placeholders.resolve(tree, environment));
        EnvironmentReader.addClientKeys(environment, tree);
        tree.overlay(changes.forInstancesOf(tree));
        List<String> all = new ArrayList<>(read);
        if (variables.isFilled() || environment.variable("CLIENT_KEYS").isPresent()) {
            all.add("environment variables");
        }
        return new Unbound(tree, changes, known, new LoadedSettings.Sources(String.join(", ", all), files, overlay, variables));
    }
}
