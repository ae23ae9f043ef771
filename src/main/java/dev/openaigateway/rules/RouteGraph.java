package dev.openaigateway.rules;

import dev.openaigateway.rules.yaml.Place;
import dev.openaigateway.rules.yaml.Visit;
import dev.openaigateway.rules.yaml.YamlText;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which endpoints the routes of the files send to. Not thread-safe. */
final class RouteGraph {

    private static final Set<String> BEGINNING = Set.of("FromDefinition", "RouteFromDefinitionDeserializer");
    private static final Set<String> SENDING = Set.of("ToDefinition", "ToDynamicDefinition");
    private static final Set<String> CONDITIONS = Set.of("choice", "filter");
    private static final Set<String> AFTER_FAILURES = Set.of("doCatch", "onException", "onFallback", "onCompletion", "intercept",
            "interceptFrom", "interceptSendToEndpoint");
    /** Steps after which a request is the same to every condition. */
    private static final Set<String> CHANGING_NOTHING = Set.of("ChoiceDefinition", "WhenDefinition", "OtherwiseDefinition", "FilterDefinition",
            "ToDefinition", "WireTapDefinition", "LogDefinition", "LoadBalanceDefinition", "StepDefinition", "ProcessorDefinition", "StopDefinition",
            "ExpressionDefinition", "ExpressionSubElementDefinition", "RouteDefinition", "FromDefinition", "RouteFromDefinitionDeserializer", "");
    private static final Set<String> CALLING_NOTHING = Set.of("direct", "instance", "log");

    /**
     * A step that sends to another endpoint.
     *
     * @param isConditional whether a condition decides if the step runs
     */
    record Send(String target, Place place, Node node, boolean isConditional) {
    }

    private final Map<String, List<Send>> sends = new LinkedHashMap<>();
    private final Set<String> changing = new HashSet<>();
    private final Map<String, Boolean> toInstances = new HashMap<>();

    RouteGraph(List<Visit> visits) {
        String begin = null;
        for (Visit visit : visits) {
            if (visit.place().outer() != null && visit.place().outer().outer() == null) {
                begin = null;
            }
            if (BEGINNING.contains(visit.model())) {
                begin = visit.textOrShort("uri").map(uri -> EndpointUri.base(YamlText.text(uri))).orElse(null);
            }
            if (begin != null) {
                add(begin, visit);
            }
        }
    }

    private void add(String begin, Visit visit) {
        List<Send> own = sends.computeIfAbsent(begin, key -> new ArrayList<>());
        String model = visit.model();
        if (SENDING.contains(model)) {
            visit.textOrShort("uri").ifPresent(uri -> {
                String target = EndpointUri.base(YamlText.text(uri));
                if (!visit.place().isInside(AFTER_FAILURES)) {
                    own.add(new Send(target, visit.place(), uri, visit.place().isInside(CONDITIONS)));
                }
                if (!CALLING_NOTHING.contains(EndpointUri.of(target).scheme())) {
                    changing.add(begin);
                }
            });
        }
        if (!CHANGING_NOTHING.contains(model) && !model.endsWith("Expression") && !model.endsWith("LoadBalancerDefinition")) {
            changing.add(begin);
        }
    }

    /** The endpoints that the routes begin with. */
    Set<String> begins() {
        return sends.keySet();
    }

    List<Send> from(String begin) {
        return sends.getOrDefault(begin, List.of());
    }

    /** Whether the route may change something that a condition asks for. */
    boolean changesSomething(String begin) {
        return changing.contains(begin);
    }

    /** Whether requests that are sent to the endpoint may reach an instance. */
    boolean leadsToInstance(String uri) {
        if (uri.startsWith("instance:")) {
            return true;
        }
        String begin = EndpointUri.base(uri);
        Boolean known = toInstances.get(begin);
        if (known == null) {
            toInstances.put(begin, false);
            known = from(begin).stream().anyMatch(send -> leadsToInstance(send.target()));
            toInstances.put(begin, known);
        }
        return known;
    }
}
