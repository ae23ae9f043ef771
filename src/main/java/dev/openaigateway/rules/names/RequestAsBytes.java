package dev.openaigateway.rules.names;

import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** Where an expression is given the request as it came, for certain: in the route that begins, before the first step that may replace the body. Immutable. */
public final class RequestAsBytes {

    private static final Set<String> BEFORE_ALL = Set.of("InterceptFromDefinition", "InterceptDefinition");

    private final VisitedNode begin;
    private final int end;
    private final Set<Node> elsewhere;

    private RequestAsBytes(VisitedNode begin, int end, Set<Node> elsewhere) {
        this.begin = begin;
        this.end = end;
        this.elsewhere = elsewhere;
    }

    /** @param begin where the rules begin; null if it is not known */
    static RequestAsBytes in(List<VisitedNode> visits, VisitedNode begin) {
        if (begin == null || visits.stream().anyMatch(visit -> BEFORE_ALL.contains(visit.model()))) {
            return new RequestAsBytes(null, 0, Set.of());
        }
        int end = visits.stream().filter(visit -> visit.location().file().equals(begin.location().file())).flatMap(visit -> BodySteps.replaced(visit).stream())
                .filter(position -> position > BodySteps.start(begin.node())).min(Integer::compare).orElse(0);
        Set<Node> elsewhere = Collections.newSetFromMap(new IdentityHashMap<>());
        visits.stream().filter(visit -> YamlNodes.at(visit.node(), "source").isPresent()).forEach(visit ->
                YamlNodes.at(visit.node(), "expression").ifPresent(elsewhere::add));
        return new RequestAsBytes(begin, end, elsewhere);
    }

    /** Whether the text of an expression is at such a place, and does not name another source than the body. */
    public boolean isAt(Location location, Node text) {
        return begin != null && location.file().equals(begin.location().file()) && BodySteps.start(text) > BodySteps.start(begin.node()) && BodySteps.start(text) < end
                && !elsewhere.contains(text);
    }
}
