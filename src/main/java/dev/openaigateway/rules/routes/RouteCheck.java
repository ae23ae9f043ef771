package dev.openaigateway.rules.routes;

import dev.openaigateway.call.rule.GatewayEndpoints;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.rules.names.CheckScope;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import dev.openaigateway.text.EndpointText;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Checks all routes together: unique ids, beans and {@code from} endpoints, and one route for requests to enter at. */
public final class RouteCheck implements NodeCheck {

    public static final String WITHOUT_ENTRY = "must have a route that begins with '" + GatewayEndpoints.RULES + "'";
    public static final String NOT_DIRECT = "which cannot be replaced while the gateway runs: beside " + GatewayEndpoints.RULES
            + " routes begin with 'direct:'; put this one into a file of its own";

    private final List<RulesText> files;
    private final CheckScope scope;
    private final Problems problems;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> begins = new HashMap<>();
    private final Map<String, Runnable> misspelt = new HashMap<>();
    private final Map<String, Consumer<Set<String>>> eventBegins = new HashMap<>();
    /** The {@code seda:} endpoints that steps send to. */
    private final Set<String> targets = new HashSet<>();
    private final Map<String, String> beans = new HashMap<>();

    public RouteCheck(List<RulesText> files, CheckScope scope) {
        this.files = files;
        this.scope = scope;
        this.problems = scope.problems();
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.isRouteInput()) {
            visit.uri().ifPresent(uri -> begin(visit.location(), uri));
        }
        if (visit.isSend()) {
            visit.uri().map(uri -> EndpointText.base(YamlText.text(uri))).filter(uri -> uri.startsWith("seda:")).ifPresent(targets::add);
        }
        if (visit.isBean()) {
            YamlNodes.at(visit.node(), "name").ifPresent(name -> bean(visit.location(), name));
        }
        if (visit.definition().keys.containsKey("id")) {
            YamlNodes.at(visit.node(), "id").ifPresent(id -> unique(visit.location(), id, ids, "has id"));
        }
    }

    private void bean(Location location, Node name) {
        unique(location, name, beans, "binds bean");
        if (scope.isBound(String.valueOf(YamlText.text(name)))) {
            problems.at(location, name).says("binds bean", YamlText.text(name)).because("which the gateway or another file has already");
        }
    }

    private void begin(Location location, Node uri) {
        String base = EndpointText.base(YamlText.text(uri));
        if (location.file().kind() == RulesText.Kind.EVENTS && base.startsWith("seda:")) {
            eventBegins.put(base, nearest -> problems.at(location, uri).says("begins with", base).because("to which nothing sends", nearest));
        }
        if (EndpointText.isDirect(base)) {
            unique(location, uri, base, begins, "begins with");
            if (location.file().kind() == RulesText.Kind.RULES) {
                misspelt.put(base, () -> problems.at(location, uri).says("begins with", base)
                        .because("but requests enter at another endpoint", List.of(GatewayEndpoints.RULES)));
            }
        } else if (location.file().kind() == RulesText.Kind.RULES && !"routeTemplate".equals(location.entry())) {
            problems.at(location, uri).says("begins with", base).because(NOT_DIRECT);
        }
    }

    private void unique(Location location, Node node, Map<String, String> seen, String text) {
        String name = YamlText.text(node);
        if (name != null) {
            unique(location, node, name, seen, text);
        }
    }

    private void unique(Location location, Node node, String name, Map<String, String> seen, String text) {
        Optional<Mark> mark = node.getStartMark();
        String where = location.file().name() + mark.map(at -> ":" + (at.getLine() + 1)).orElse("");
        String earlier = seen.putIfAbsent(name, where);
        if (earlier != null) {
            problems.at(location, node).says(text, name).because("which is already at " + earlier);
        }
    }

    @Override
    public void complete() {
        entry();
        events();
    }

    /** Requests enter at one route of all files with rules, which may be made from a template. */
    private void entry() {
        List<RulesText> rules = files.stream().filter(file -> file.kind() == RulesText.Kind.RULES).toList();
        if (!rules.isEmpty() && !scope.declared().begins().containsKey(GatewayEndpoints.RULES)) {
            problems.at(rules.get(0).name(), 0, 0).says(rules.size() == 1 ? "" : "this file or one beside it").because(WITHOUT_ENTRY);
            DidYouMean.name(GatewayEndpoints.RULES, misspelt.keySet()).map(misspelt::get).ifPresent(Runnable::run);
        }
    }

    /** Events enter at these endpoints; a misspelt one would get none of them. */
    private void events() {
        Set<String> open = new TreeSet<>(EventRouteCheck.QUEUES.keySet());
        open.addAll(targets);
        open.removeAll(eventBegins.keySet());
        eventBegins.forEach((begin, report) -> {
            if (!EventRouteCheck.QUEUES.containsKey(begin) && !targets.contains(begin) && DidYouMean.typo(begin, open).isPresent()) {
                report.accept(open);
            }
        });
    }
}
