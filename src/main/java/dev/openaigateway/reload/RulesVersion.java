package dev.openaigateway.reload;

import dev.openaigateway.config.load.InvalidSettingsException;
import dev.openaigateway.config.load.Problem;
import org.apache.camel.CamelContext;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SendDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One state of the file with the rules. From the second on, its routes and their {@code direct:} endpoints bear the
 * version's number, so that they can stand beside those of the version before; in messages they are named as in the file.
 *
 * @param path      null where the rules are not on disk
 * @param text      of the file
 * @param endpoints by their names in the file, those that the routes begin with
 * @param routes    of the file
 * @param builder   brings the routes into Camel; null for the first version, which Camel loads itself
 */
record RulesVersion(Path path, String text, Map<String, String> endpoints, List<RouteDefinition> routes, RouteBuilder builder) {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");
    private static final String ENTRY = "direct:routing";
    private static final String MARK = "--";

    /** What Camel loaded at the start. */
    static RulesVersion first(Model model) {
        RouteDefinition rules = model.getRouteDefinitions().stream().filter(RulesVersion::isEntry).findFirst()
                .orElseThrow(() -> new StartupException("No route begins with '" + ENTRY + "'; routes/routing.camel.yaml has it."));
        String location = rules.getResource() == null ? "" : rules.getResource().getLocation();
        Path path = location.startsWith("file:") ? Path.of(location.substring("file:".length())) : null;
        List<RouteDefinition> routes = model.getRouteDefinitions().stream()
                .filter(route -> route == rules || route.getResource() != null && location.equals(route.getResource().getLocation()))
                .toList();
        Map<String, String> endpoints = new HashMap<>();
        routes.forEach(route -> endpoints.put(base(uri(route)), base(uri(route))));
        return new RulesVersion(path, text(path), Map.copyOf(endpoints), routes, null);
    }

    /** The endpoint of the route that requests enter by. */
    String entry() {
        return endpoints.get(ENTRY);
    }

    Optional<Path> file() {
        return Optional.ofNullable(path);
    }

    boolean hasChanged() {
        return path != null && !text.equals(text(path));
    }

    boolean has(String routeId) {
        return routes.stream().anyMatch(route -> route.getRouteId().equals(routeId));
    }

    /** The file as it is now; nothing is started. */
    RulesVersion next(CamelContext context, int number) throws InvalidSettingsException {
        String mark = MARK + number;
        String now = text(path);
        try {
            RoutesBuilder loaded = PluginHelper.getRoutesLoader(context)
                    .findRoutesBuilders(ResourceHelper.fromString(path.toString(), now)).iterator().next();
            RouteBuilder builder = (RouteBuilder) loaded;
            builder.configureRoutes(context);
            List<RouteDefinition> routes = builder.getRouteCollection().getRoutes();
            if (routes.stream().noneMatch(RulesVersion::isEntry)) {
                throw problem("must have a route that begins with '" + ENTRY + "'");
            }
            RuleCheck.requireDirect(routes);
            Map<String, String> endpoints = rename(routes, mark);
            return new RulesVersion(path, now, endpoints, List.copyOf(routes), builder);
        } catch (InvalidSettingsException e) {
            throw e;
        } catch (Exception e) {
            throw problem("cannot be read as routes: " + asInTheFile(innermost(e)));
        }
    }

    /** All routes or none. */
    void start(CamelContext context) throws InvalidSettingsException {
        try {
            context.addRoutes(builder);
        } catch (Exception e) {
            remove(context);
            throw problem("has a route that cannot be started: " + asInTheFile(innermost(e)));
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

    /** A text with the names of routes, steps and endpoints, without the marks of versions. */
    static String asInTheFile(String text) {
        return text.replaceAll("(?<=\\w)" + MARK + "\\d+\\b", "");
    }

    /** Returns the new names of the endpoints by the old ones. */
    private static Map<String, String> rename(List<RouteDefinition> routes, String mark) {
        Map<String, String> endpoints = new HashMap<>();
        for (RouteDefinition route : routes) {
            endpoints.put(base(uri(route)), base(uri(route)) + mark);
            route.setId((route.getId() == null ? "route" + endpoints.size() : route.getId()) + mark);
            route.getInput().setUri(renamed(uri(route), endpoints));
        }
        for (RouteDefinition route : routes) {
            for (ProcessorDefinition<?> step : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)) {
                if (step.hasCustomIdAssigned()) {
                    step.setId(step.getId() + mark);
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

    static boolean isEntry(RouteDefinition route) {
        return ENTRY.equals(uri(route));
    }

    static String uri(RouteDefinition route) {
        return route.getInput().getUri();
    }

    /** Without its options. */
    static String base(String uri) {
        int options = uri == null ? -1 : uri.indexOf('?');
        return options < 0 ? uri : uri.substring(0, options);
    }

    private static String text(Path file) {
        try {
            return file == null ? "" : Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private InvalidSettingsException problem(String rule) {
        return new InvalidSettingsException(List.of(
                new Problem(path.toString(), "", Optional.empty(), rule, Optional.empty())));
    }

    private static String innermost(Throwable thrown) {
        String message = thrown.toString();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            message = at.getMessage() == null ? message : at.getMessage();
        }
        return message.strip();
    }
}
