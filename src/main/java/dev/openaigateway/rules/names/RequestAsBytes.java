package dev.openaigateway.rules.names;

import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.VisitedNode;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where the body of a message is the request as it came, for certain: in the route that begins, before the first step that may replace it. Immutable. */
public final class RequestAsBytes {

    /** Steps after which the body may be another one. */
    private static final Set<String> REPLACING = Set.of("ToDefinition", "ToDynamicDefinition", "WireTapDefinition", "PollDefinition", "EnrichDefinition",
            "PollEnrichDefinition", "RecipientListDefinition", "RoutingSlipDefinition", "DynamicRouterDefinition", "SetBodyDefinition", "TransformDefinition",
            "UnmarshalDefinition", "MarshalDefinition", "ConvertBodyDefinition", "ClaimCheckDefinition", "TransformDataTypeDefinition", "GroovyExpression");
    /** Steps in which the body may be another one, and that may replace it in between. */
    private static final Set<String> AROUND = Set.of("SplitDefinition", "AggregateDefinition", "ProcessDefinition", "BeanDefinition", "ScriptDefinition");
    private static final Set<String> BEFORE_ALL = Set.of("InterceptFromDefinition", "InterceptDefinition");
    private static final long LONGEST_LINE = 1_000_000;

    private final VisitedNode begin;
    private final long end;

    private RequestAsBytes(VisitedNode begin, long end) {
        this.begin = begin;
        this.end = end;
    }

    /** @param begin where the rules begin; null if it is not known */
    static RequestAsBytes in(List<VisitedNode> visits, VisitedNode begin) {
        if (begin == null || visits.stream().anyMatch(visit -> BEFORE_ALL.contains(visit.model()))) {
            return new RequestAsBytes(null, 0);
        }
        long end = visits.stream().filter(visit -> visit.location().file().equals(begin.location().file())).flatMap(visit -> replaced(visit).stream())
                .filter(position -> position > start(begin.node())).min(Long::compare).orElse(0L);
        return new RequestAsBytes(begin, end);
    }

    /** Whether a node is at such a place. */
    public boolean isAt(Location location, Node node) {
        return begin != null && location.file().equals(begin.location().file()) && start(node) > start(begin.node()) && start(node) < end;
    }

    private static Optional<Long> replaced(VisitedNode visit) {
        return AROUND.contains(visit.model()) ? Optional.of(start(visit.node()))
                : REPLACING.contains(visit.model()) ? Optional.of(visit.node().getEndMark().map(RequestAsBytes::position).orElse(0L)) : Optional.empty();
    }

    private static long start(Node node) {
        return node.getStartMark().map(RequestAsBytes::position).orElse(0L);
    }

    private static long position(Mark mark) {
        return mark.getLine() * LONGEST_LINE + mark.getColumn();
    }
}
