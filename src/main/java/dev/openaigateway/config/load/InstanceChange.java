package dev.openaigateway.config.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A change that an administrator makes to one instance while the gateway runs.
 *
 * @param values keys of an instance as in {@code instances.yaml}, and {@code models} for {@code supported_models}; null
 *               resets a key to its default
 */
record InstanceChange(String instance, ObjectNode values) {

    private static final String MODELS = "supported_models";

    InstanceChange {
        values = values.deepCopy();
        if (values.has("models") && !values.has(MODELS)) {
            values.set(MODELS, values.remove("models"));
        }
    }

    /** The change as a tree, to be laid over the active settings. */
    SettingsTree over(LoadedSettings current) throws InvalidSettingsException {
        if (current.settings().instance(instance).isEmpty()) {
            List<String> names = current.settings().instances().stream().map(InstanceSettings::name).toList();
            throw new InvalidSettingsException(new Problem(Origin.ADMIN, "", Optional.of(instance),
                    "is not a configured instance", DidYouMean.name(instance, names)));
        }
        List<Problem> problems = new ArrayList<>();
        SettingsTree tree = new SettingsTree();
        for (Map.Entry<String, JsonNode> entry : values.properties()) {
            Origin origin = new Origin(Origin.ADMIN, entry.getKey(), 0);
            if (entry.getKey().equals("name") && !entry.getValue().asText().equals(instance)) {
                problems.add(origin.problem(entry.getValue().asText(), "cannot be changed"));
            }
            if (Placeholders.in(entry.getValue())) {
                problems.add(origin.problem(null, "must not hold a placeholder such as ${NAME}, since placeholders are replaced in files only"));
            }
            tree.put(origin, entry.getValue(), "instances", instance, entry.getKey());
        }
        throwIfAny(problems);
        return tree;
    }

    /** Refuses keys that an environment variable overrides, since writing them to a file would have no effect. */
    void refuseOverriddenKeys(LoadedSettings current) throws InvalidSettingsException {
        List<Problem> problems = new ArrayList<>();
        values.fieldNames().forEachRemaining(key -> {
            Origin origin = current.variable(SettingsTree.join(SettingsTree.join("instances", instance), key));
            if (origin != null && !key.equals("name")) {
                problems.add(new Problem(Origin.ADMIN, key, Optional.empty(),
                        "cannot be kept in a file, since the environment variable " + origin.path() + " overrides it", Optional.empty()));
            }
        });
        throwIfAny(problems);
    }

    private static void throwIfAny(List<Problem> problems) throws InvalidSettingsException {
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }
}
