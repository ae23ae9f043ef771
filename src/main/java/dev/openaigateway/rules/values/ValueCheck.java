package dev.openaigateway.rules.values;

import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.tooling.model.EipModel;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

import java.util.function.Function;
import java.util.regex.Pattern;

/** Checks numbers and durations of steps. To Camel's schema they are texts or any numbers; its catalog knows better. Used for one check. */
public final class ValueCheck implements NodeCheck {

    /** Spares reading the catalog for texts of other keys: a test compares it with the catalog. */
    static final Pattern DURATIONS = Pattern.compile(".*(millis|timeout|period|delay(er)?|interval|duration)", Pattern.CASE_INSENSITIVE);
    private static final String ATTEMPTS = "maximumFailoverAttempts";
    private static final Pattern DURATION = Pattern.compile("-?\\d+|(\\d+(\\.\\d+)?(ms|[dhms])\\s?)+");
    private static final Pattern FRACTION = Pattern.compile("-?\\d+\\.\\d+");

    private final Function<String, EipModel> catalog;
    private final Problems problems;

    /** @param catalog the description of a step in Camel's catalog, or null */
    public ValueCheck(Function<String, EipModel> catalog, Problems problems) {
        this.catalog = catalog;
        this.problems = problems;
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.node() instanceof MappingNode step && visit.location().step() != null) {
            for (NodeTuple entry : step.getValue()) {
                String key = YamlText.key(entry);
                String value = YamlText.text(entry.getValueNode());
                if (key != null && value != null && visit.definition().keys.containsKey(key)
                        && !value.contains("{{") && !value.contains("${") && !value.startsWith("#")) {
                    check(visit, entry, key, value.strip());
                }
            }
        }
    }

    private void check(VisitedNode visit, NodeTuple entry, String key, String value) {
        if (key.equals(ATTEMPTS) && !value.matches("-1|\\d+")) {
            refuse(visit, entry, key, value, "-1 for all steps of the block, or more");
        } else if (DURATIONS.matcher(key).matches() && !DURATION.matcher(value).matches() && type(visit, key).equals("duration")) {
            refuse(visit, entry, key, value, "a duration: milliseconds, or a text such as 5s");
        } else if (FRACTION.matcher(value).matches() && type(visit, key).equals("integer")) {
            refuse(visit, entry, key, value, "a whole number");
        }
    }

    private void refuse(VisitedNode visit, NodeTuple entry, String key, String value, String requirement) {
        problems.at(visit.location(), entry.getValueNode()).says("has '" + key + "'", value).because("which must be " + requirement);
    }

    /** The type of an option in the catalog; empty if it is not known. */
    private String type(VisitedNode visit, String key) {
        EipModel step = catalog.apply(visit.location().step());
        return step == null ? "" : step.getOptions().stream().filter(option -> option.getName().equals(key)).map(EipModel.EipOptionModel::getType)
                .findFirst().orElse("");
    }
}
