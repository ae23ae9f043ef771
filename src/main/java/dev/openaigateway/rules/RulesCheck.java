package dev.openaigateway.rules;

import dev.openaigateway.config.load.InvalidSettingsException;
import dev.openaigateway.config.load.Problem;
import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks files with rules and event routes before their routes are built. Starts and changes nothing. Thread-safe. */
public final class RulesCheck {

    private final CamelContext context;

    /** @param context whose components, languages, beans and properties the files may use; it need not be started */
    public RulesCheck(CamelContext context) {
        this.context = context;
    }

    /** @throws InvalidSettingsException with all problems of all files */
    public void require(List<RulesText> files, Surroundings surroundings) throws InvalidSettingsException {
        List<Problem> problems = problems(files, surroundings);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    /** Returns all problems of all files, in the order of files and lines; empty if there are none. */
    public List<Problem> problems(List<RulesText> files, Surroundings surroundings) {
        Findings findings = new Findings();
        Map<RulesText, Node> trees = new LinkedHashMap<>();
        for (RulesText file : files) {
            YamlText.parse(file.name(), file.text(), findings).ifPresent(tree -> trees.put(file, tree));
        }
        Schema schema = Schema.read();
        trees.forEach((file, tree) -> check(file, tree, schema, findings));
        return findings.problems();
    }

    private static void check(RulesText file, Node tree, Schema schema, Findings findings) {
        Place top = Place.top(file.name());
        if (!(tree instanceof SequenceNode entries)) {
            findings.add(top, tree, "must be a list of entries such as '- route:'", null, "");
            return;
        }
        ShapeCheck shapes = new ShapeCheck(schema, findings, (shape, node, place) -> { });
        for (Node entry : entries.getValue()) {
            shapes.check(entry, schema.entry(), top.ofRoute(Entries.routeId(entry)));
        }
    }
}
