package dev.openaigateway.config.load;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.ModelSettings;
import dev.openaigateway.config.WrittenValues;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code models}: each name must lead to a model that an instance serves. Without instances any name is accepted. */
final class ModelBinder {

    private static final ValueParser<Long> TOKENS = ValueParsers.number(0, Long.MAX_VALUE);

    private final List<InstanceSettings> instances;
    private final WrittenValues written;
    private final Set<String> known = new TreeSet<>();

    private ModelBinder(List<InstanceSettings> instances, WrittenValues written) {
        this.instances = instances;
        this.written = written;
    }

    static List<ModelSettings> bindAll(Section root, List<InstanceSettings> instances) {
        ModelBinder binder = new ModelBinder(instances, root.written());
        List<Section> sections = root.elementsByName("models");
        instances.forEach(instance -> binder.known.addAll(instance.models()));
        Map<String, Section> byName = new LinkedHashMap<>();
        sections.forEach(section -> section.name().ifPresent(name -> byName.put(name, section)));
        binder.known.addAll(byName.keySet());
        List<ModelSettings> models = new ArrayList<>();
        sections.forEach(section -> models.add(binder.bind(section)));
        refuseCycles(models, byName);
        return models;
    }

    /** Reads the name of a model that an instance serves, or a public name. */
    static ValueParser<String> nameOfModel(List<InstanceSettings> instances, List<ModelSettings> models, WrittenValues written) {
        ModelBinder binder = new ModelBinder(instances, written);
        instances.forEach(instance -> binder.known.addAll(instance.models()));
        models.forEach(model -> Optional.ofNullable(model.name()).ifPresent(binder.known::add));
        return binder::knownOrServed;
    }

    private ModelSettings bind(Section section) {
        boolean alias = section.has("target");
        ModelSettings model = new ModelSettings(
                section.required("name", text -> alias ? ValueParsers.modelName(text) : served(text)),
                section.optional("target", this::knownOrServed),
                section.optional("display_name", ValueParsers::text),
                section.value("max_input_tokens", 0L, TOKENS),
                section.value("max_output_tokens", 0L, TOKENS),
                section.value("hidden", false, ValueParsers::flag));
        section.refuseUnknownKeys();
        return model;
    }

    private String knownOrServed(String text) throws InvalidValueException {
        return known.contains(text) ? text : served(text);
    }

    private String served(String text) throws InvalidValueException {
        String name = ValueParsers.modelName(text);
        if (!instances.isEmpty() && instances.stream().noneMatch(instance -> instance.serves(name))) {
            throw InvalidValueException.unknownName("is no model that an instance serves (" + String.join(", ", written.of(known)) + ")", name,
                    written.of(known.stream().filter(other -> !other.equals(name)).toList()));
        }
        return name;
    }

    /** Reports each cycle once, at the first of its names. */
    private static void refuseCycles(List<ModelSettings> models, Map<String, Section> sections) {
        Map<String, String> targets = new LinkedHashMap<>();
        models.forEach(model -> targets.putIfAbsent(model.name(), model.target().orElse(null)));
        Set<String> seen = new HashSet<>();
        for (String start : targets.keySet()) {
            Set<String> chain = new LinkedHashSet<>();
            String at = start;
            while (targets.get(at) != null && seen.add(at)) {
                chain.add(at);
                at = targets.get(at);
            }
            if (chain.contains(at)) {
                List<String> names = new ArrayList<>(chain);
                report(names.subList(names.indexOf(at), names.size()), targets, sections);
            }
        }
    }

    /** @param cycle the names in the order in which they lead to one another */
    private static void report(List<String> cycle, Map<String, String> targets, Map<String, Section> sections) {
        String first = targets.keySet().stream().filter(new HashSet<>(cycle)::contains).findFirst().orElseThrow();
        List<String> chain = new ArrayList<>(cycle);
        Collections.rotate(chain, -cycle.indexOf(first));
        chain.add(first);
        Section section = sections.get(first);
        section.problem("target", targets.get(first), "leads back to the name itself: " + String.join(" -> ", chain.stream().map(section.written()::of).toList()));
    }
}
