package dev.openaigateway.rules;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.rules.yaml.DisabledSteps;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.PathOptions;
import dev.openaigateway.rules.yaml.PlaceholderCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.rules.yaml.Schema;
import dev.openaigateway.rules.yaml.UnservedEntries;
import dev.openaigateway.rules.yaml.VaultPlaceholders;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks files with rules and event routes before their routes are built. Starts and changes nothing. Thread-safe. */
public final class RulesCheck {

    /** Entries that Camel applies to the routes after them, and refuses elsewhere. */
    private static final Set<String> BEFORE_ROUTES = Set.of("onException", "onCompletion", "intercept", "interceptFrom", "errorHandler");
    private static final Set<String> ROUTES = Set.of("route", "from");

    private final CamelContext context;

    /** @param context whose components, languages, beans and properties the files may use; it need not be started */
    public RulesCheck(CamelContext context) {
        this.context = context;
    }

    /**
     * Returns probable mistakes in valid files, in the order of files and lines.
     *
     * @throws InvalidSettingsException with all problems of all files, and the probable mistakes
     */
    public List<Problem> require(List<RulesText> files, CheckContext surroundings) throws InvalidSettingsException {
        Problems found = check(files, surroundings);
        if (found.size() > 0) {
            throw new InvalidSettingsException(found.problems(), found.warnings().problems());
        }
        return found.warnings().problems();
    }

    /** Returns all problems and warnings of all files. */
    Problems check(List<RulesText> files, CheckContext surroundings) {
        Problems problems = new Problems();
        if (files.stream().allMatch(RulesText::shipped)) {
            return problems;
        }
        List<VisitedNode> visits = new ArrayList<>();
        List<VisitedNode> running = new ArrayList<>();
        DisabledSteps disabled = new DisabledSteps(context);
        Map<RulesText, Node> trees = new LinkedHashMap<>();
        Schema schema = Schema.read();
        boolean complete = true;
        for (RulesText file : files) {
            int before = problems.size();
            Optional<Node> tree = YamlText.parse(file.name(), file.text(), problems);
            tree.ifPresent(PathOptions::shorten);
            List<VisitedNode> all = tree.map(node -> visits(file, node, schema, problems)).orElse(List.of());
            visits.addAll(all);
            running.addAll(tree.map(node -> disabled.without(file, node)).filter(node -> node != tree.get())
                    .map(node -> visits(file, node, schema, new Problems())).orElse(all));
            tree.filter(node -> !file.shipped()).ifPresent(node -> trees.put(file, node));
            complete &= problems.size() == before || tree.isPresent();
        }
        if (complete) {
            new RulesVisitor(context, surroundings, problems).check(files, visits, running);
        }
        PlaceholderCheck placeholders = new PlaceholderCheck(context, problems);
        trees.forEach((file, tree) -> YamlNodes.items(tree).forEach(entry ->
                placeholders.check(Location.top(file).ofEntry(YamlNodes.routeId(entry)), entry)));
        return problems;
    }

    private List<VisitedNode> visits(RulesText file, Node tree, Schema schema, Problems problems) {
        List<VisitedNode> visits = new ArrayList<>();
        Location top = Location.top(file);
        if (!(tree instanceof SequenceNode entries)) {
            problems.at(top, tree).because("must be a list of entries such as '- route:'");
            return visits;
        }
        SchemaCheck shapes = new SchemaCheck(schema, problems, (definition, node, location) -> visits.add(new VisitedNode(definition, node, location)));
        VaultPlaceholders vaults = new VaultPlaceholders(context, problems);
        boolean routes = false;
        for (Node entry : entries.getValue()) {
            String kind = entry instanceof MappingNode object && !object.getValue().isEmpty() ? YamlText.key(object.getValue().get(0)) : null;
            if (routes && kind != null && BEFORE_ROUTES.contains(kind)) {
                problems.at(top, entry).says("has '" + kind + "' after a route").because("but it must stand before all routes");
            }
            if (UnservedEntries.report(top, entry, problems)) {
                continue;
            }
            routes |= ROUTES.contains(String.valueOf(kind));
            Location location = top.ofEntry(YamlNodes.routeId(entry));
            shapes.check(entry, schema.entry(), location);
            vaults.check(location, entry);
        }
        return visits;
    }
}
