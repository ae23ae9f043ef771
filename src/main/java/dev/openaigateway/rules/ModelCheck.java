package dev.openaigateway.rules;

import dev.openaigateway.config.InstanceSelection;
import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.ModelCatalogue;
import dev.openaigateway.config.Settings;
import dev.openaigateway.rules.names.CheckScope;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.List;
import java.util.stream.Stream;

/** Checks the models that rules ask for: an instance serves them. */
final class ModelCheck implements NodeCheck {

    private final Settings settings;
    private final Problems problems;

    ModelCheck(CheckScope scope) {
        this.settings = scope.settings();
        this.problems = scope.problems();
    }

    /**
     * Checks a model that a step asks for.
     *
     * @param model     null if the rule names none
     * @param selection the instances that are asked; null for all
     */
    void check(Location location, Node node, String model, InstanceSelection selection) {
        List<InstanceSettings> asked = settings.instances().stream().filter(instance -> selection == null || selection.selects(instance)).toList();
        ModelCatalogue catalogue = new ModelCatalogue(settings.models());
        if (model == null || model.contains("${") || model.contains("{{") || asked.isEmpty()
                || asked.stream().anyMatch(instance -> instance.serves(catalogue.target(model)))) {
            return;
        }
        boolean isServed = settings.instances().stream().anyMatch(instance -> instance.serves(catalogue.target(model)));
        problems.at(location, node).says("asks for model", model)
                .because(isServed ? "which is not served there" : "which no instance serves", settings.written().of(catalogue.names(asked)));
    }

    /** Checks the property {@code model} that a step sets to a constant. */
    @Override
    public void check(VisitedNode visit) {
        if (visit.setsProperty() && YamlNodes.text(visit.node(), "name").filter("model"::equals).isPresent()) {
            Stream.of(visit.node(), YamlNodes.at(visit.node(), "expression").orElse(visit.node()))
                    .flatMap(holder -> YamlNodes.at(holder, "constant").or(() -> YamlNodes.at(holder, "simple")).stream())
                    .map(expression -> YamlText.text(expression) == null ? YamlNodes.at(expression, "expression").orElse(expression) : expression)
                    .filter(text -> YamlText.text(text) != null).findFirst()
                    .ifPresent(text -> check(visit.location(), text, YamlText.text(text), null));
        }
    }
}
