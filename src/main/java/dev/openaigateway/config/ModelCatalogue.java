package dev.openaigateway.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The public names of models. Immutable; made from one version of the settings, whose aliases have no cycle. */
public final class ModelCatalogue {

    private final Map<String, ModelSettings> entries = new LinkedHashMap<>();

    public ModelCatalogue(List<ModelSettings> models) {
        models.forEach(model -> entries.put(model.name(), model));
    }

    /** The settings of the name; empty for a model that only instances name. */
    public Optional<ModelSettings> entry(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** The model that a request for the name asks for: the name itself if it is no alias. */
    public String target(String name) {
        ModelSettings entry = entries.get(name);
        return entry == null || entry.target().isEmpty() ? name : target(entry.target().get());
    }

    /** Maximum tokens of a prompt for the name: the smallest of its own and those of the names that it leads to; 0: no limit. */
    public long maxInputTokens(String name) {
        ModelSettings entry = entries.get(name);
        return entry == null ? 0 : smaller(entry.maxInputTokens(), entry.target().map(this::maxInputTokens).orElse(0L));
    }

    /** Maximum tokens of a prompt for the name on an instance; 0: no limit. */
    public long maxInputTokens(String name, InstanceSettings instance) {
        return entries.isEmpty() ? instance.maxInputTokens() : smaller(instance.maxInputTokens(), maxInputTokens(name));
    }

    /** The most tokens that a prompt for the name may have, on the one of these instances that accepts the longest; 0: unknown. */
    public long longestPrompt(String name, Collection<InstanceSettings> instances) {
        List<Long> limits = instances.stream().filter(instance -> instance.enabled() && instance.serves(target(name)))
                .map(instance -> maxInputTokens(name, instance)).toList();
        return limits.contains(0L) ? 0 : limits.stream().max(Comparator.naturalOrder()).orElse(0L);
    }

    /** All names under which the enabled ones of these instances serve models, sorted: those that they name, and aliases. */
    public List<String> names(Collection<InstanceSettings> instances) {
        List<InstanceSettings> enabled = instances.stream().filter(InstanceSettings::enabled).toList();
        TreeSet<String> names = new TreeSet<>();
        enabled.forEach(instance -> names.addAll(instance.models()));
        entries.keySet().stream().filter(name -> enabled.stream().anyMatch(instance -> instance.serves(target(name)))).forEach(names::add);
        return List.copyOf(names);
    }

    /** As {@link #names}, without the hidden ones. */
    public List<String> listed(Collection<InstanceSettings> instances) {
        return names(instances).stream().filter(name -> !hides(name)).toList();
    }

    /** Whether the name is not shown to clients. */
    public boolean hides(String name) {
        ModelSettings entry = entries.get(name);
        return entry != null && entry.hidden();
    }

    private static long smaller(long one, long other) {
        return one == 0 || other == 0 ? one + other : Math.min(one, other);
    }
}
