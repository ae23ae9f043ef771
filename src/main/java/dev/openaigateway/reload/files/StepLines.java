package dev.openaigateway.reload.files;

import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.LineNumberAware;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.TryDefinition;
import org.apache.camel.util.StringHelper;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Corrects the lines of steps. Camel takes the line above the first key in a step for the line of the step itself, which is another one if the
 * step is written in braces, as {@code - to: { uri: instance:east }}, or a comment follows its name.
 */
public final class StepLines {

    /** Keys of lists whose items are branches, with their first key on the line of the item. */
    private static final Set<String> BRANCHES = Set.of("when", "doCatch");

    private final Map<String, Integer> lines = new HashMap<>();

    private StepLines() {
    }

    /** @param text the file with the routes */
    public static void correct(String text, List<RouteDefinition> routes) {
        StepLines lines = new StepLines();
        YamlText.parse("", text, new Problems()).ifPresent(lines::collect);
        if (!lines.lines.isEmpty()) {
            for (RouteDefinition route : routes) {
                lines.correct(route.getInput(), "from");
                ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)
                        .forEach(lines::correct);
            }
        }
    }

    private void collect(Node node) {
        if (node instanceof SequenceNode list) {
            list.getValue().forEach(this::collect);
        } else if (node instanceof MappingNode object) {
            for (NodeTuple entry : object.getValue()) {
                String name = YamlText.key(entry);
                if (BRANCHES.contains(String.valueOf(name))) {
                    YamlNodes.items(entry.getValueNode()).forEach(item -> item.getStartMark()
                            .ifPresent(mark -> lines.put(name + mark.getLine(), mark.getLine() + 1)));
                }
                if (name != null && entry.getValueNode() instanceof MappingNode value && value.getStartMark().isPresent()) {
                    int line = entry.getKeyNode().getStartMark().orElseThrow().getLine() + 1;
                    int taken = value.getStartMark().get().getLine();
                    if (line != taken) {
                        lines.put(StringHelper.dashToCamelCase(name) + taken, line);
                    }
                }
                collect(entry.getValueNode());
            }
        }
    }

    private void correct(ProcessorDefinition<?> step) {
        correct(step, step.getShortName());
        if (step instanceof ChoiceDefinition choice) {
            choice.getWhenClauses().forEach(branch -> correct(branch, "when"));
        } else if (step instanceof TryDefinition block && block.getCatchClauses() != null) {
            block.getCatchClauses().forEach(branch -> correct(branch, "doCatch"));
        }
    }

    private void correct(LineNumberAware step, String name) {
        Integer line = lines.get(name + step.getLineNumber());
        if (line != null) {
            step.setLineNumber(line);
        }
    }
}
