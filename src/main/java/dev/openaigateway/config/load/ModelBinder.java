package dev.openaigateway.config.load;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.ModelSettings;
import dev.openaigateway.config.WrittenValues;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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
        models.forEach(model -> refuseCycle(model, models, byName.get(model.name())));
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
    private static void refuseCycle(ModelSettings start, List<ModelSettings> models, Section section) {
        List<String> chain = new ArrayList<>();
        Optional<ModelSettings> at = Optional.of(start);
        while (at.isPresent() && !chain.contains(at.get().name())) {
            chain.add(at.get().name());
            at = at.flatMap(ModelSettings::target).flatMap(target -> models.stream().filter(model -> target.equals(model.name())).findFirst());
        }
        boolean first = chain.stream().allMatch(name -> index(name, models) >= index(start.name(), models));
        if (at.isPresent() && at.get().name().equals(start.name()) && first) {
            chain.add(start.name());
            section.problem("target", start.target().orElse(null), "leads back to the name itself: "
                    + String.join(" -> ", chain.stream().map(section.written()::of).toList()));
        }
    }

    private static int index(String name, List<ModelSettings> models) {
        return models.stream().map(ModelSettings::name).toList().indexOf(name);
    }
}
