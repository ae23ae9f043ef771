package dev.openaigateway.reload.files;

import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.problem.RootCause;
import dev.openaigateway.rules.yaml.WrittenPlaceholders;
import dev.openaigateway.rules.yaml.YamlMark;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.NoSuchBeanException;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns what Camel throws while it reads, builds or starts routes into a problem with file, line and column. Camel itself
 * names the place in some cases only, so the name at fault is looked up in the text of the route. Not thread-safe.
 */
public final class RouteFailure {

    private final CamelContext context;
    private final List<FileText> files;
    private final List<RouteDefinition> routes;

    /** Where a message of Camel names what a step refers to. */
    private static final Pattern REFERENCE = Pattern.compile("(?:[Rr]ef:?|for:) (\\S+)");
    /** A message that names its place itself. */
    private static final Pattern PLACED = Pattern.compile("(.+?):(\\d+): (.*)");

    public RouteFailure(CamelContext context, List<FileText> files, List<RouteDefinition> routes) {
        this.context = context;
        this.files = files;
        this.routes = routes;
    }

    /** Shows placeholders as they are written, since Camel's messages have their values. */
    public InvalidSettingsException problem(Throwable thrown) {
        return WrittenPlaceholders.in(files.stream().map(FileText::text).toList(), context).of(placed(thrown));
    }

    private InvalidSettingsException placed(Throwable thrown) {
        if (thrown instanceof InvalidSettingsException known) {
            return known;
        }
        Matcher placed = PLACED.matcher(message(thrown));
        if (placed.matches() && files.stream().anyMatch(file -> file.name().equals(placed.group(1)))) {
            return Problem.about(placed.group(1) + ":" + placed.group(2), placed.group(3));
        }
        Optional<RouteDefinition> route = route(thrown, routes);
        String file = route.map(at -> at.getInput().getLocation()).orElseGet(() -> files.size() == 1 ? files.get(0).name() : "routes");
        String subject = route.map(RoutePlace::subject).orElse("");
        Optional<Integer> built = route.flatMap(at -> built(at, thrown));
        String place = token(thrown).flatMap(token -> place(file, route, built, token))
                .or(() -> YamlMark.of(thrown).map(mark -> file + mark))
                .or(() -> built.map(line -> file + ":" + line))
                .orElseGet(() -> route.map(RoutePlace::of).orElse(file));
        String requirement = (route.isPresent() ? "cannot be started: " : "cannot be read as routes: ") + message(thrown);
        return new InvalidSettingsException(List.of(new Problem(place, subject, Optional.empty(), requirement, Optional.empty())));
    }

    /** Returns the route that what Camel has thrown is about; empty if it is none of these. */
    public static Optional<RouteDefinition> route(Throwable thrown, List<RouteDefinition> routes) {
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            String id = at instanceof FailedToCreateRouteException created ? created.getRouteId()
                    : at instanceof FailedToStartRouteException started ? started.getRouteId()
                    : at instanceof DuplicateIdException twice ? twice.route().getRouteId() : null;
            Optional<RouteDefinition> named = routes.stream().filter(route -> id != null && id.equals(route.getRouteId())).findFirst();
            if (named.isPresent()) {
                return named;
            }
        }
        return Optional.empty();
    }

    /** Returns the name or URI at fault, in the most likely spelling of the file. */
    private static Optional<String> token(Throwable thrown) {
        String token = null;
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            if (at instanceof ResolveEndpointFailedException endpoint) {
                token = endpoint.getUri();
            } else if (at instanceof NoSuchBeanException bean && bean.getName() != null) {
                token = bean.getName();
            } else if (at instanceof DuplicateIdException twice) {
                token = twice.id();
            } else if (at instanceof ClassNotFoundException) {
                token = at.getMessage();
            }
        }
        return Optional.ofNullable(token).or(() -> REFERENCE.matcher(message(thrown)).results().map(found -> found.group(1)).findFirst());
    }

    /** Returns the line of the step that Camel was building, of those that are not within another step. */
    private static Optional<Integer> built(RouteDefinition route, Throwable thrown) {
        Optional<Integer> line = Optional.empty();
        for (Throwable at = thrown; at != null && line.isEmpty(); at = at.getCause()) {
            String message = at instanceof FailedToCreateRouteException ? at.getMessage() : "";
            line = route.getOutputs().stream().filter(step -> step.getLineNumber() > 0 && message.contains(">>> " + step + " <<< "))
                    .map(ProcessorDefinition::getLineNumber).findFirst();
        }
        return line;
    }

    /** Looks for the token from the step or the route on, or else in the file; a URI without options too, since those may be parameters. */
    private Optional<String> place(String file, Optional<RouteDefinition> route, Optional<Integer> built, String token) {
        String text = files.stream().filter(own -> own.name().equals(file)).map(FileText::text).findFirst().orElse("");
        String[] lines = text.split("\n", -1);
        int first = Math.max(0, built.or(() -> route.map(at -> at.getInput().getLineNumber())).orElse(1) - 1);
        for (String wanted : List.of(token, token.replace("://", ":"), token.replace("://", ":").replaceFirst("\\?.*", ""))) {
            for (int line = first; line < lines.length; line++) {
                int column = lines[line].indexOf(wanted);
                if (column >= 0) {
                    return Optional.of(file + ":" + (line + 1) + ":" + (column + 1));
                }
            }
        }
        return route.flatMap(at -> step(at, token)).map(line -> file + ":" + line);
    }

    private static Optional<Integer> step(RouteDefinition route, String token) {
        return ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class).stream()
                .filter(step -> step.getLineNumber() > 0 && step.toString().contains(token)).map(ProcessorDefinition::getLineNumber).findFirst();
    }

    private static String message(Throwable thrown) {
        return YamlMark.removeFrom(RootCause.message(thrown)).strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
