package dev.openaigateway.rules;

import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.tooling.model.BaseOptionModel;
import org.apache.camel.tooling.model.EipModel;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

import java.util.regex.Pattern;

/** Checks numbers and durations of steps. To Camel's schema they are texts, since they may be placeholders; its catalog knows better. */
final class ValueCheck implements NodeCheck {

    /** Spares reading the catalog for other keys. */
    private static final Pattern KEYS = Pattern.compile(".*(Millis|Timeout|Period|Delay|Interval|Size|Threshold|Redeliveries|Multiplier|Factor|Attempts)");
    private static final String ATTEMPTS = "maximumFailoverAttempts";
    private static final Pattern DURATION = Pattern.compile("-?\\d+|(\\d+(\\.\\d+)?(ms|[dhms])\\s?)+");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(\\.\\d+)?");

    private final ComponentCatalog components;
    private final Problems problems;

    ValueCheck(ComponentCatalog components, Problems problems) {
        this.components = components;
        this.problems = problems;
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.model().endsWith("Definition") && visit.node() instanceof MappingNode step && visit.location().step() != null) {
            for (NodeTuple entry : step.getValue()) {
                String key = YamlText.key(entry);
                String value = YamlText.text(entry.getValueNode());
                if (key != null && value != null && KEYS.matcher(key).matches() && isText(visit, key)
                        && !value.contains("{{") && !value.contains("${") && !value.startsWith("#")) {
                    check(visit, entry, key, value.strip());
                }
            }
        }
    }

    private static boolean isText(VisitedNode visit, String key) {
        return visit.definition().keys.containsKey(key) && visit.definition().keys.get(key).path("type").asText().equals("string");
    }

    private void check(VisitedNode visit, NodeTuple entry, String key, String value) {
        if (key.equals(ATTEMPTS) && value.matches("-\\d+") && !value.equals("-1")) {
            problems.at(visit.location(), entry.getValueNode()).says("has '" + key + "'", value)
                    .because("which must be -1 for all steps of the block, or more");
        }
        EipModel step = components.catalog().eipModel(visit.location().step());
        String type = step == null ? "" : step.getOptions().stream().filter(option -> option.getName().equals(key))
                .map(BaseOptionModel::getType).findFirst().orElse("");
        boolean isDuration = type.equals("duration");
        if (isDuration ? !DURATION.matcher(value).matches() : (type.equals("integer") || type.equals("number")) && !NUMBER.matcher(value).matches()) {
            problems.at(visit.location(), entry.getValueNode()).says("has '" + key + "'", value)
                    .because(isDuration ? "which must be a duration: milliseconds, or a text such as 5s" : "which must be a number");
        }
    }
}
