package dev.openaigateway.runtime;

import dev.openaigateway.config.InvalidSettingsException;
import dev.openaigateway.config.Problem;
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
 * version's number, so that they can stand beside those of the version before.
 *
 * @param path    null where the rules are not on disk
 * @param text    of the file
 * @param entry   the endpoint of the route that requests enter by
 * @param routes  of the file
 * @param builder brings the routes into Camel; null for the first version, which Camel loads itself
 */
record RulesVersion(Path path, String text, String entry, List<RouteDefinition> routes, RouteBuilder builder) {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");
    private static final String ENTRY = "direct:routing";

    /** What Camel loaded at the start. */
    static RulesVersion first(Model model) {
        RouteDefinition rules = model.getRouteDefinitions().stream().filter(route -> ENTRY.equals(uri(route))).findFirst()
                .orElseThrow(() -> new StartupException("No route begins with '" + ENTRY + "'; routes/routing.camel.yaml has it."));
        String location = rules.getResource() == null ? "" : rules.getResource().getLocation();
        Path path = location.startsWith("file:") ? Path.of(location.substring("file:".length())) : null;
        List<RouteDefinition> routes = model.getRouteDefinitions().stream()
                .filter(route -> route == rules || route.getResource() != null && location.equals(route.getResource().getLocation()))
                .toList();
        return new RulesVersion(path, text(path), ENTRY, routes, null);
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
        String mark = "-v" + number;
        String now = text(path);
        try {
            RoutesBuilder loaded = PluginHelper.getRoutesLoader(context)
                    .findRoutesBuilders(ResourceHelper.fromString(path.toString(), now)).iterator().next();
            RouteBuilder builder = (RouteBuilder) loaded;
            builder.configureRoutes(context);
            List<RouteDefinition> routes = builder.getRouteCollection().getRoutes();
            if (routes.stream().noneMatch(route -> ENTRY.equals(uri(route)))) {
                throw problem("must have a route that begins with '" + ENTRY + "'");
            }
            rename(routes, mark);
            return new RulesVersion(path, now, ENTRY + mark, List.copyOf(routes), builder);
        } catch (InvalidSettingsException e) {
            throw e;
        } catch (Exception e) {
            throw problem("cannot be read as routes: " + innermost(e));
        }
    }

    /** All routes or none. */
    void start(CamelContext context) throws InvalidSettingsException {
        try {
            context.addRoutes(builder);
        } catch (Exception e) {
            remove(context);
            throw problem("has a route that cannot be started: " + innermost(e));
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
                LOG.warn("Route '{}' of replaced rules was not removed: {}", route.getRouteId(), e.toString());
            }
        }
    }

    private static void rename(List<RouteDefinition> routes, String mark) {
        Map<String, String> endpoints = new HashMap<>();
        for (RouteDefinition route : routes) {
            endpoints.put(base(uri(route)), base(uri(route)) + mark);
            route.setId(route.getId() + mark);
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
    }

    private static String renamed(String uri, Map<String, String> endpoints) {
        String base = base(uri);
        return endpoints.containsKey(base) ? endpoints.get(base) + uri.substring(base.length()) : uri;
    }

    private static String uri(RouteDefinition route) {
        return route.getInput().getUri();
    }

    /** Without its options. */
    private static String base(String uri) {
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
