package dev.openaigateway.rules.routes;

import dev.openaigateway.call.rule.GatewayEndpoints;
import dev.openaigateway.routing.policy.BalancerAdvice;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlText;
import dev.openaigateway.text.EndpointText;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Checks the calls between routes of the rules over {@code direct:}: refuses endless ones, and instances inside a circuit breaker or an aggregate. */
public final class CallCheck implements NodeCheck {

    private static final String INSTANCE = "instance:";
    /** Steps that end the way of a request, and begin another one. */
    private static final Set<String> COLLECTING = Set.of("aggregate", "resequence");

    /** Steps that may end a rule before the steps after them. Code may throw an exception, or stop the route. */
    private static final Set<String> ENDING = Set.of("StopDefinition", "ThrowExceptionDefinition", "ValidateDefinition", "RollbackDefinition",
            "ProcessDefinition", "BeanDefinition", "ScriptDefinition");
    private static final Set<String> ENDING_ENDPOINTS = Set.of("reject", "bean", "class");

    /**
     * @param begin    where its route begins
     * @param index    its place among the steps of the route that send
     * @param afterEnd whether a step before it, which is no call, may end the rule
     */
    private record Send(VisitedNode visit, Node uri, String target, String begin, int index, boolean afterEnd) {

        boolean isCopy() {
            return visit.model().equals("WireTapDefinition");
        }
    }

    private final Problems problems;
    private final Map<String, List<Send>> sends = new LinkedHashMap<>();
    /** Where routes begin that may end the rule. */
    private final Set<String> ending = new HashSet<>();
    /** The place of the first call in each route that may end the rule. */
    private final Map<String, Integer> endingCalls = new HashMap<>();
    private List<Send> current = new ArrayList<>();
    private String begin = "";

    public CallCheck(Problems problems) {
        this.problems = problems;
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.isRouteInput()) {
            visit.uri().ifPresent(uri -> begin(visit, uri));
        } else if (Blocks.BESIDE_ROUTES.contains(String.valueOf(visit.location().entry()))) {
            return;
        }
        if (visit.isSend()) {
            visit.uri().ifPresent(uri -> send(visit, uri));
        } else if (ENDING.contains(visit.model())) {
            ending.add(begin);
        }
    }

    /** Takes the beginning of a route. The steps that follow belong to it. */
    private void begin(VisitedNode visit, Node uri) {
        begin = EndpointText.base(YamlText.text(uri));
        current = visit.location().file().kind() == RulesText.Kind.RULES
                ? sends.computeIfAbsent(begin, any -> new ArrayList<>()) : new ArrayList<>();
    }

    private void send(VisitedNode visit, Node uri) {
        String target = EndpointText.base(YamlText.text(uri));
        current.add(new Send(visit, uri, target, begin, current.size(), ending.contains(begin)));
        if (ENDING_ENDPOINTS.contains(EndpointText.scheme(target))) {
            ending.add(begin);
        }
    }

    @Override
    public void complete() {
        Set<String> endless = new HashSet<>();
        sends.forEach((begin, steps) -> {
            for (Send step : steps) {
                if (step.target().equals(GatewayEndpoints.ENTRY)) {
                    refuse(step, "which takes requests from clients only");
                } else if (step.isCopy() && isForAll(step) && leads(step.target(), begin, this::isForAll)) {
                    refuse(step, "which leads back here, so one request would be copied without end");
                } else if (isCallForAll(step) && !endless.contains(step.target()) && leads(step.target(), begin, this::isCallForAll)) {
                    endless.add(begin);
                    refuse(step, "which leads back here, so no request would come to an end");
                } else if (step.visit().location().isInside(Set.of("circuitBreaker")) && leadsToInstance(step.target())) {
                    refuse(step, "which leads to an instance, " + BalancerAdvice.CIRCUIT_BREAKER);
                } else if (!step.isCopy() && step.visit().location().isInside(COLLECTING) && leadsToInstance(step.target()) && isForClients(begin)) {
                    refuse(step, "which leads to an instance, but 'aggregate' and 'resequence' collect requests and send them on apart from those of the clients, "
                            + "which get no response; put the step into a route that 'wireTap' calls");
                }
            }
        });
    }

    private boolean isCallForAll(Send step) {
        return !step.isCopy() && isForAll(step);
    }

    /** Whether each request that enters the route comes to the step. */
    private boolean isForAll(Send step) {
        return !step.visit().location().isInside(Blocks.CONDITIONAL) && !step.afterEnd()
                && step.index() <= endingCalls.computeIfAbsent(step.begin(), this::endingCall);
    }

    private int endingCall(String route) {
        return sends.get(route).stream().filter(call -> !call.isCopy() && leads(call.target(), ending::contains, send -> !send.isCopy()))
                .findFirst().map(Send::index).orElse(Integer.MAX_VALUE);
    }

    /** Whether requests of clients reach the route, and not only copies of them. */
    private boolean isForClients(String begin) {
        return leads(GatewayEndpoints.RULES, begin, send -> !send.isCopy());
    }

    private void refuse(Send step, String requirement) {
        problems.at(step.visit().location(), step.uri()).says("sends to", step.target()).because(requirement);
    }

    /** Whether requests that are sent to the endpoint may reach an instance. Known once all steps were taken. */
    boolean leadsToInstance(String uri) {
        return uri.startsWith(INSTANCE) || leads(EndpointText.base(uri), INSTANCE, any -> true);
    }

    /** Whether steps that match lead from one endpoint to another, or to one of a scheme that ends with a colon. */
    private boolean leads(String from, String to, Predicate<Send> matching) {
        return leads(from, at -> at.equals(to) || to.endsWith(":") && at.startsWith(to), matching);
    }

    private boolean leads(String from, Predicate<String> isThere, Predicate<Send> matching) {
        if (!sends.containsKey(from)) {
            return false;
        }
        return Reach.leads(from, isThere, at -> sends.getOrDefault(at, List.of()).stream().filter(matching).map(Send::target));
    }
}
