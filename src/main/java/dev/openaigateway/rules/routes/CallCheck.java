package dev.openaigateway.rules.routes;

import dev.openaigateway.explain.GatewayEndpoints;
import dev.openaigateway.explain.RulesEndpoint;
import dev.openaigateway.routing.policy.BalancerAdvice;
import dev.openaigateway.rules.names.EndpointUri;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Checks the calls between routes of the rules over {@code direct:}: refuses endless ones, and instances inside a circuit breaker or an aggregate. */
public final class CallCheck implements NodeCheck {

    private static final String INSTANCE = "instance:";
    /** Steps that run on a condition, or not for every request. */
    private static final Set<String> CONDITIONS =
            Set.of("when", "otherwise", "filter", "doCatch", "onException", "onFallback", "idempotentConsumer", "loadBalance", "loop");

    private static final Set<String> BESIDE_ROUTES = Set.of("intercept", "interceptFrom", "onCompletion", "onException", "routeConfiguration");
    /** Steps that end the way of a request, and begin another one. */
    private static final Set<String> COLLECTING = Set.of("aggregate", "resequence");

    private record Send(VisitedNode visit, Node uri, String target) {

        boolean isCopy() {
            return visit.model().equals("WireTapDefinition");
        }

        boolean isForAll() {
            return !isCopy() && !visit.location().isInside(CONDITIONS);
        }
    }

    private final Problems problems;
    private final Map<String, List<Send>> sends = new LinkedHashMap<>();
    private List<Send> current = new ArrayList<>();

    public CallCheck(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.isRouteInput()) {
            visit.uri().ifPresent(uri -> begin(visit, uri));
        } else if (visit.isSend()) {
            visit.uri().ifPresent(uri -> send(visit, uri));
        }
    }

    /** Takes the beginning of a route. The steps that follow belong to it. */
    private void begin(VisitedNode visit, Node uri) {
        current = visit.location().file().kind() == RulesText.Kind.RULES
                ? sends.computeIfAbsent(EndpointUri.base(YamlText.text(uri)), any -> new ArrayList<>()) : new ArrayList<>();
    }

    /** A step of an entry beside the routes is of none of them, and not of the last one of the file before. */
    private void send(VisitedNode visit, Node uri) {
        if (BESIDE_ROUTES.contains(String.valueOf(visit.location().entry()))) {
            return;
        }
        current.add(new Send(visit, uri, EndpointUri.base(YamlText.text(uri))));
    }

    @Override
    public void complete() {
        Set<String> endless = new HashSet<>();
        sends.forEach((begin, steps) -> {
            for (Send step : steps) {
                if (step.target().equals(GatewayEndpoints.ENTRY)) {
                    refuse(step, "which takes requests from clients only");
                } else if (step.isCopy() && leads(step.target(), begin, any -> true)) {
                    refuse(step, "which leads back here, so one request would be copied without end");
                } else if (step.isForAll() && !endless.contains(step.target()) && leads(step.target(), begin, Send::isForAll)) {
                    endless.add(begin);
                    refuse(step, "which leads back here, so no request would come to an end");
                } else if (step.visit().location().isInside(Set.of("circuitBreaker")) && leadsToInstance(step.target())) {
                    refuse(step, "which leads to an instance, " + BalancerAdvice.CIRCUIT_BREAKER);
                } else if (!step.isCopy() && step.visit().location().isInside(COLLECTING) && leadsToInstance(step.target()) && isForClients(begin)) {
                    refuse(step, "which leads to an instance, but 'aggregate' and 'resequence' collect requests and send them on apart from the clients', "
                            + "which get no response; put the step into a route that 'wireTap' calls");
                }
            }
        });
    }

    /** Whether requests of clients reach the route, and not only copies of them. */
    private boolean isForClients(String begin) {
        return leads(RulesEndpoint.URI, begin, send -> !send.isCopy());
    }

    private void refuse(Send step, String requirement) {
        problems.at(step.visit().location(), step.uri()).says("sends to", step.target()).because(requirement);
    }

    /** Whether requests that are sent to the endpoint may reach an instance. Known once all steps were taken. */
    boolean leadsToInstance(String uri) {
        return uri.startsWith(INSTANCE) || leads(EndpointUri.base(uri), INSTANCE, any -> true);
    }

    /** Whether steps that match lead from one endpoint to another, or to one of a scheme that ends with a colon. */
    private boolean leads(String from, String to, Predicate<Send> matching) {
        return sends.containsKey(from) && leads(from, to, matching, new HashSet<>());
    }

    private boolean leads(String from, String to, Predicate<Send> matching, Set<String> seen) {
        if (from.equals(to) || to.endsWith(":") && from.startsWith(to)) {
            return true;
        }
        return seen.add(from) && sends.getOrDefault(from, List.of()).stream().filter(matching)
                .anyMatch(step -> leads(step.target(), to, matching, seen));
    }
}
