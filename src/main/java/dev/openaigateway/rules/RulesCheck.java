package dev.openaigateway.rules;

import dev.openaigateway.config.load.InvalidSettingsException;
import dev.openaigateway.config.load.Problem;
import dev.openaigateway.rules.yaml.Entries;
import dev.openaigateway.rules.yaml.Findings;
import dev.openaigateway.rules.yaml.Place;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.rules.yaml.Schema;
import dev.openaigateway.rules.yaml.ShapeCheck;
import dev.openaigateway.rules.yaml.Visit;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        if (files.stream().allMatch(RulesText::shipped)) {
            return List.of();
        }
        Findings findings = new Findings();
        List<Visit> visits = new ArrayList<>();
        Schema schema = Schema.read();
        boolean complete = true;
        for (RulesText file : files) {
            int before = findings.size();
            Optional<Node> tree = YamlText.parse(file.name(), file.text(), findings);
            tree.ifPresent(node -> visit(file, node, schema, findings, visits));
            complete &= findings.size() == before || tree.isPresent();
        }
        if (complete) {
            new RulesVisit(context, surroundings, findings).check(files, visits);
        }
        return findings.problems();
    }

    private static void visit(RulesText file, Node tree, Schema schema, Findings findings, List<Visit> visits) {
        Place top = Place.top(file);
        if (!(tree instanceof SequenceNode entries)) {
            findings.add(top, tree, "", null, "must be a list of entries such as '- route:'");
            return;
        }
        ShapeCheck shapes = new ShapeCheck(schema, findings, (shape, node, place) -> visits.add(new Visit(shape, node, place)));
        for (Node entry : entries.getValue()) {
            shapes.check(entry, schema.entry(), top.ofEntry(Entries.routeId(entry)));
        }
    }
}
