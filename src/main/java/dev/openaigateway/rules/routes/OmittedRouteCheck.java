package dev.openaigateway.rules.routes;

import dev.openaigateway.rules.language.SimpleExpressions;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import dev.openaigateway.text.EndpointText;
import org.apache.camel.CamelContext;
import org.apache.camel.Predicate;
import org.apache.camel.support.DefaultExchange;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds sends to {@code direct:} routes that their precondition leaves out, so that each request which comes there fails. A condition before the
 * send may be the same, so they are worth a warning only. Other endpoints may do without a route: {@code seda:} keeps or drops what it gets.
 */
public final class OmittedRouteCheck implements NodeCheck {

    private final CamelContext context;
    private final Problems warnings;
    private final List<VisitedNode> sends = new ArrayList<>();
    private final List<VisitedNode> idle = new ArrayList<>();
    private final Map<String, Integer> begins = new HashMap<>();
    private final Map<String, List<VisitedNode>> omitted = new HashMap<>();

    public OmittedRouteCheck(CamelContext context, Problems problems) {
        this.context = context;
        this.warnings = problems.warnings();
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.isRouteInput()) {
            visit.uri().ifPresent(uri -> begins.merge(EndpointText.base(YamlText.text(uri)), 1, Integer::sum));
        } else if (visit.isSend()) {
            sends.add(visit);
        } else if (visit.model().equals("RouteDefinition") && isOmitted(visit)) {
            idle.add(visit);
            YamlNodes.at(visit.node(), "from").map(from -> YamlText.text(from) != null ? YamlText.text(from) : YamlNodes.text(from, "uri").orElse(null))
                    .ifPresent(uri -> omitted.computeIfAbsent(EndpointText.base(uri), any -> new ArrayList<>()).add(visit));
        }
    }

    /** As when the routes are added. */
    private boolean isOmitted(VisitedNode route) {
        String text = YamlNodes.text(route.node(), "precondition").orElse(null);
        if (text == null) {
            return false;
        }
        try {
            String resolved = context.resolvePropertyPlaceholders(text);
            Predicate condition = SimpleExpressions.uncached(context).createPredicate(resolved == null ? "${null}" : resolved.strip());
            condition.initPredicate(context);
            return !condition.matches(new DefaultExchange(context));
        } catch (RuntimeException reportedElsewhere) {
            return false;
        }
    }

    @Override
    public void complete() {
        for (VisitedNode send : sends) {
            send.uri().ifPresent(uri -> {
                String target = EndpointText.base(YamlText.text(uri));
                List<VisitedNode> routes = omitted.getOrDefault(target, List.of());
                if (EndpointText.isDirect(target) && !routes.isEmpty() && idle.stream().noneMatch(send::isInside) && routes.size() == begins.getOrDefault(target, 0)) {
                    warnings.at(send.location(), uri).says("sends to", target)
                            .because("but the route at " + routes.get(0).where() + " is left out by its precondition");
                }
            });
        }
    }
}
