package dev.openaigateway.reload.live;

import dev.openaigateway.call.rule.GatewayEndpoints;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.reload.files.FileText;
import dev.openaigateway.reload.files.RouteBegin;
import dev.openaigateway.reload.files.RoutePlace;
import dev.openaigateway.rules.routes.RouteCheck;
import dev.openaigateway.text.EndpointText;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks that the names of routes are unique, and that those they refer to exist: what only Camel's model shows, of routes made from templates and of
 * those in the jar. All else is found before by {@link RouteCheck}. Not thread-safe.
 */
final class RouteNames {

    private final CamelContext context;
    private final Map<String, String> ids = new HashMap<>();
    private final Map<String, String> begins = new HashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<String> configurations;

    /**
     * @param others         the routes of other files
     * @param configurations the route configurations that there are
     */
    RouteNames(CamelContext context, List<RouteDefinition> others, List<RouteConfigurationDefinition> configurations) {
        this.context = context;
        this.configurations = configurations.stream().map(RouteConfigurationDefinition::getId).filter(id -> id != null).sorted().toList();
        for (RouteDefinition route : others) {
            if (route.getRouteId() != null) {
                ids.put(route.getRouteId(), RoutePlace.of(route));
            }
            String begin = RouteBegin.of(context, route);
            if (EndpointText.isDirect(begin)) {
                begins.put(begin, RoutePlace.of(route));
            }
        }
    }

    /** Checks the routes of one file. */
    void add(FileText file, List<RouteDefinition> routes) {
        for (RouteDefinition route : routes) {
            if (route.hasCustomIdAssigned()) {
                unique(ids, route.getId(), route, RoutePlace.TWICE);
            }
            String begin = RouteBegin.of(context, route);
            if (EndpointText.isDirect(begin)) {
                unique(begins, begin, route, "begins with '" + begin + "', as does the route in ");
            } else if (file.holdsRules()) {
                problems.add(new Problem(RoutePlace.of(route), RoutePlace.subject(route) + " begins with", Optional.of(begin),
                        RouteCheck.NOT_DIRECT, Optional.empty()));
            }
            String configuration = route.getRouteConfigurationId();
            if (configuration != null && !configuration.contains("*") && !configuration.contains("{{")
                    && !configurations.containsAll(List.of(configuration.split(",")))) {
                problems.add(new Problem(RoutePlace.of(route), RoutePlace.subject(route) + " has routeConfigurationId", Optional.of(configuration),
                        "which does not exist (" + String.join(", ", configurations) + ")", DidYouMean.name(configuration, configurations)));
            }
        }
    }

    private void unique(Map<String, String> names, String name, RouteDefinition route, String requirement) {
        String other = names.putIfAbsent(name, RoutePlace.of(route));
        if (other != null) {
            problems.add(new Problem(RoutePlace.of(route), RoutePlace.subject(route), Optional.empty(), requirement + other, Optional.empty()));
        }
    }

    /** @throws InvalidSettingsException with all problems; also if no route begins with the rules' endpoint */
    void require(List<FileText> files) throws InvalidSettingsException {
        if (!begins.containsKey(GatewayEndpoints.RULES)) {
            String rules = String.join(", ", files.stream().filter(FileText::holdsRules).map(FileText::name).toList());
            problems.add(new Problem(rules, "", Optional.empty(), RouteCheck.WITHOUT_ENTRY, Optional.empty()));
        }
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }
}
