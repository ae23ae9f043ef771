package dev.openaigateway.rules.routes;

import dev.openaigateway.call.rule.GatewayEndpoints;
import dev.openaigateway.recipient.OwnComponents;
import dev.openaigateway.rules.names.EndpointUri;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import dev.openaigateway.text.EndpointText;
import dev.openaigateway.upstream.UpstreamComponent;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Checks the routes of event files, which take events from queues: one route for each queue, the queue in which the gateway puts its events, no
 * event that comes back to its queue, and nothing that needs a request of a client.
 */
public final class EventRouteCheck implements NodeCheck {

    /** The beans that are the queues of the gateway. */
    static final Map<String, String> QUEUES = Map.of("seda:usage", "#bean:usageQueue", "seda:alert", "#bean:alertQueue");
    /** Keys of a route that may keep it from being started. */
    private static final Set<String> SWITCHES = Set.of("precondition", "autoStartup");

    private record Send(VisitedNode visit, Node uri, String begin, String target) {
    }

    private final Problems problems;
    private final List<Send> sends = new ArrayList<>();
    private final Map<String, List<Send>> byBegin = new HashMap<>();
    private final Map<String, String> begins = new HashMap<>();
    private boolean isSwitched;
    private String begin = "";

    public EventRouteCheck(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.model().equals("RouteDefinition")) {
            isSwitched = SWITCHES.stream().anyMatch(key -> YamlNodes.at(visit.node(), key).isPresent());
        } else if (visit.isRouteInput()) {
            visit.uri().ifPresent(uri -> begin(visit, uri));
        } else if (visit.isSend()) {
            visit.uri().ifPresent(uri -> send(visit, uri));
        }
    }

    private void begin(VisitedNode visit, Node uri) {
        EndpointUri endpoint = EndpointUri.of(YamlText.text(uri));
        begin = endpoint.text();
        if (visit.location().file().kind() == RulesText.Kind.EVENTS && endpoint.scheme().equals("seda") && !begin.contains("{{")) {
            Node parameters = YamlNodes.at(visit.node(), "parameters").orElse(null);
            Map<String, String> options = endpoint.options(parameters);
            if (!isSwitched && !options.containsKey("multipleConsumers")) {
                unique(visit, uri);
            }
            queue(visit, parameters == null ? uri : YamlNodes.at(parameters, "queue").orElse(uri), options.get("queue"));
        }
        isSwitched = false;
    }

    private void unique(VisitedNode visit, Node uri) {
        String earlier = begins.putIfAbsent(begin, visit.where(uri));
        if (earlier != null) {
            problems.at(visit.location(), uri).says("begins with", begin).because("which is already at " + earlier + ": a queue has one route, which may send to others");
        }
    }

    /** The gateway puts its events into these beans, whatever a route takes them from. */
    private void queue(VisitedNode visit, Node node, String given) {
        String right = QUEUES.get(begin);
        if (right != null && given == null) {
            problems.at(visit.location(), node).says("begins with", begin).suggesting(Optional.of(begin + "?queue=" + right))
                    .because("without the queue into which the gateway puts its events");
        } else if (right != null && !given.contains("{{") && !given.replaceFirst("^#bean:", "#").equals(right.replaceFirst("^#bean:", "#"))) {
            problems.at(visit.location(), node).says("takes the events of " + begin + " from queue", given).suggesting(Optional.of(right))
                    .because("into which the gateway does not put them");
        }
    }

    private void send(VisitedNode visit, Node uri) {
        Send send = new Send(visit, uri, begin, EndpointText.base(YamlText.text(uri)));
        byBegin.computeIfAbsent(begin, any -> new ArrayList<>()).add(send);
        if (visit.location().file().kind() == RulesText.Kind.EVENTS) {
            sends.add(send);
        }
    }

    @Override
    public void complete() {
        for (Send send : sends) {
            if (isOfRequests(send.target())) {
                refuse(send, "which needs a request of a client; an event has none");
            } else if (leads(send.target(), EventRouteCheck::isOfRequests, any -> true)) {
                refuse(send, "which leads to what needs a request of a client; an event has none");
            } else if (isForAll(send) && leads(send.target(), send.begin()::equals, EventRouteCheck::isForAll)) {
                refuse(send, "which leads back here, so no event would come to an end");
            }
        }
    }

    private static boolean isOfRequests(String target) {
        String scheme = EndpointText.scheme(target);
        return OwnComponents.contain(scheme) || scheme.equals(UpstreamComponent.SCHEME) || target.equals(GatewayEndpoints.RULES) || GatewayEndpoints.contains(target);
    }

    private static boolean isForAll(Send send) {
        return !send.visit().location().isInside(Blocks.NOT_FOR_EACH);
    }

    private void refuse(Send send, String requirement) {
        problems.at(send.visit().location(), send.uri()).says("sends to", send.target()).because(requirement);
    }

    private boolean leads(String from, Predicate<String> isThere, Predicate<Send> matching) {
        return Reach.leads(from, isThere, at -> byBegin.getOrDefault(at, List.of()).stream().filter(matching).map(Send::target));
    }
}
