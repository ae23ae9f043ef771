package dev.openaigateway.reload;

import dev.openaigateway.config.load.InvalidSettingsException;
import dev.openaigateway.config.load.Problem;
import dev.openaigateway.routing.RulesEndpoint;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.ChoiceDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One version of the rules file. Its routes and their {@code direct:} endpoints have the version's number in their names,
 * so that several versions can run side by side. Only the first version keeps the route ids of the file. Messages use the
 * names in the file.
 *
 * @param text      the content of the file
 * @param endpoints the endpoints that the routes begin with, by their names in the file
 * @param routes    the routes of the file, renamed
 * @param builder   adds the routes to the context
 */
record RulesVersion(RulesFile file, String text, Map<String, String> endpoints, List<RouteDefinition> routes, RouteBuilder builder) {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");
    private static final String MARK = "--";

    /** Reads the file as it is now. Starts nothing. */
    static RulesVersion read(CamelContext context, RulesLoader loader, int number) throws InvalidSettingsException {
        RulesFile file = loader.file();
        String text = file.text();
        try {
            RouteBuilder builder = (RouteBuilder) loader.load(file, text);
            builder.configureRoutes(context);
            List<RouteDefinition> routes = builder.getRouteCollection().getRoutes();
            if (routes.stream().noneMatch(route -> RulesEndpoint.URI.equals(uri(route)))) {
                throw problem(file, "must have a route that begins with '" + RulesEndpoint.URI + "'");
            }
            RuleCheck.requireDirect(routes);
            Map<String, String> endpoints = rename(routes, number);
            return new RulesVersion(file, text, endpoints, List.copyOf(routes), builder);
        } catch (InvalidSettingsException e) {
            throw e;
        } catch (Exception e) {
            throw problem(file, "cannot be read as routes: " + asInTheFile(innermost(e)));
        }
    }

    /** Returns the endpoint at which requests enter. */
    String entry() {
        return endpoints.get(RulesEndpoint.URI);
    }

    boolean hasChanged() {
        return file.path().isPresent() && !text.equals(file.text());
    }

    boolean has(String routeId) {
        return routes.stream().anyMatch(route -> route.getRouteId().equals(routeId));
    }

    /** Starts all routes or none. */
    void start(CamelContext context) throws InvalidSettingsException {
        try {
            context.addRoutes(builder);
        } catch (Exception e) {
            remove(context);
            throw problem(file, "has a route that cannot be started: " + asInTheFile(innermost(e)));
        }
    }

    boolean isIdle(CamelContext context) {
        return routes.stream().allMatch(route -> context.getInflightRepository().size(route.getRouteId()) == 0);
    }

    void remove(CamelContext context) {
        for (RouteDefinition route : routes) {
            try {
                context.getRouteController().stopRoute(route.getRouteId());
                context.removeRoute(route.getRouteId());
            } catch (Exception e) {
                LOG.warn("Route '{}' of replaced rules was not removed: {}", asInTheFile(route.getRouteId()), asInTheFile(e.toString()));
            }
        }
    }

    /** Removes the version numbers from the names of routes, steps and endpoints in a text. */
    static String asInTheFile(String text) {
        return text.replaceAll("(?<=\\w)" + MARK + "\\d+\\b", "");
    }

    /** Returns the endpoints' new names by the old ones. A choice keeps its id, because Camel would set it on the last branch. */
    private static Map<String, String> rename(List<RouteDefinition> routes, int number) {
        String mark = MARK + number;
        String idMark = number == 1 ? "" : mark;
        Map<String, String> endpoints = new HashMap<>();
        for (RouteDefinition route : routes) {
            endpoints.put(base(uri(route)), base(uri(route)) + mark);
            route.setId((route.getId() == null ? "route" + endpoints.size() : route.getId()) + idMark);
            route.getInput().setUri(renamed(uri(route), endpoints));
        }
        for (RouteDefinition route : routes) {
            for (ProcessorDefinition<?> step : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)) {
                if (step.hasCustomIdAssigned() && !(step instanceof ChoiceDefinition)) {
                    step.setId(step.getId() + idMark);
                }
                if (step instanceof SendDefinition<?> send) {
                    send.setUri(renamed(send.getUri(), endpoints));
                } else if (step instanceof ToDynamicDefinition tap) {
                    tap.setUri(renamed(tap.getUri(), endpoints));
                }
            }
        }
        return Map.copyOf(endpoints);
    }

    private static String renamed(String uri, Map<String, String> endpoints) {
        String base = base(uri);
        return endpoints.containsKey(base) ? endpoints.get(base) + uri.substring(base.length()) : uri;
    }

    static String uri(RouteDefinition route) {
        return route.getInput().getUri();
    }

    /** Returns the URI without its options. */
    private static String base(String uri) {
        int options = uri == null ? -1 : uri.indexOf('?');
        return options < 0 ? uri : uri.substring(0, options);
    }

    private static InvalidSettingsException problem(RulesFile file, String rule) {
        return new InvalidSettingsException(List.of(new Problem(file.name(), "", Optional.empty(), rule, Optional.empty())));
    }

    private static String innermost(Throwable thrown) {
        String message = thrown.toString();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            message = at.getMessage() == null ? message : at.getMessage();
        }
        return message.strip();
    }
}
