package dev.openaigateway.rules.values;

import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.Node;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;

/** Checks the charsets of steps that convert: Camel names an unknown one only when it builds the route, and not the step. */
public final class CharsetCheck implements NodeCheck {

    private final Problems problems;

    public CharsetCheck(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.isConversion()) {
            YamlNodes.at(visit.node(), "charset").filter(charset -> YamlText.text(charset) != null).ifPresent(charset -> require(visit, charset));
        }
    }

    private void require(VisitedNode visit, Node charset) {
        String name = YamlText.text(charset).strip();
        if (!name.contains("{{") && !isSupported(name)) {
            problems.at(visit.location(), charset).says("has 'charset'", name)
                    .because("which Java does not have", Charset.availableCharsets().keySet());
        }
    }

    private static boolean isSupported(String name) {
        try {
            return Charset.isSupported(name);
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }
}
