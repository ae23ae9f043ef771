package dev.openaigateway.config.load;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.problem.DidYouMean;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Refuses keys of an instance that name a model which it does not serve. They would have no effect. */
final class ServedModels {

    private final Section section;
    private final InstanceSettings instance;
    private final Set<String> known;

    private ServedModels(Section section, InstanceSettings instance) {
        this.section = section;
        this.instance = instance;
        this.known = new TreeSet<>(instance.models());
    }

    static void require(Section section, InstanceSettings instance) {
        ServedModels served = new ServedModels(section, instance);
        instance.modelLimits().keySet().forEach(model -> served.require("model_limits", model));
        instance.modelTimeouts().keySet().forEach(model -> served.requireUnlessRestricted("model_timeouts", model));
        instance.targets().keySet().forEach(model -> served.requireUnlessRestricted("targets", model));
    }

    /** An overlay file or a variable may restrict the list of another file, which then has times and targets of further models. */
    private void requireUnlessRestricted(String key, String model) {
        boolean elsewhere = !section.section(key).source(model).equals(section.source(section.has("supported_models") ? "supported_models" : "model_deployments"));
        if (!elsewhere || model.equals(InstanceSettings.ANY_MODEL) || DidYouMean.typo(model, known).isPresent()) {
            require(key, model);
        }
    }

    private void require(String key, String model) {
        if (model.equals(InstanceSettings.ANY_MODEL)) {
            section.section(key).problem(model, null, "must be the name of a model");
        } else if (!instance.serves(model)) {
            List<String> names = section.written().of(known);
            section.section(key).problem(model, InvalidValueException.unknownName("is no model that the instance serves (" + String.join(", ", names) + ")", model, names));
        }
    }
}
