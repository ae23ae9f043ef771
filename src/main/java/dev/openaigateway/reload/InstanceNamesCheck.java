package dev.openaigateway.reload;

import dev.openaigateway.config.InstanceSelection;
import dev.openaigateway.config.LiveSettings;
import dev.openaigateway.config.Settings;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.reload.files.StartupException;
import dev.openaigateway.rules.names.EndpointUri;
import dev.openaigateway.rules.yaml.ProblemSentence;
import dev.openaigateway.rules.yaml.WrittenPlaceholders;
import dev.openaigateway.upstream.InstanceComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.PropertiesComponent;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * Rejects routes that name an instance which is not configured: before a route starts, and before new settings drop an
 * instance. Thread-safe.
 */
public final class InstanceNamesCheck extends ModelLifecycleStrategySupport {

    private static final String PREFIX = InstanceComponent.SCHEME + ":";

    private final LiveSettings settings;
    /** By thread, since a validation and a reload may add routes at the same time. */
    private final ThreadLocal<Settings> expected = new ThreadLocal<>();

    private InstanceNamesCheck(LiveSettings settings) {
        this.settings = settings;
    }

    /** Creates the check and adds it to the context, which runs it for every added route. */
    public static InstanceNamesCheck install(CamelContext context, LiveSettings settings) {
        InstanceNamesCheck check = new InstanceNamesCheck(settings);
        context.getCamelContextExtension().getContextPlugin(Model.class).addModelLifecycleStrategy(check);
        return check;
    }

    /** @throws StartupException if the route names an instance that the settings lack */
    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        Settings upcoming = expected.get();
        List<Problem> problems = problems(List.of(route), upcoming == null ? settings.get() : upcoming);
        if (!problems.isEmpty()) {
            throw new StartupException(problems.get(0).message());
        }
    }

    /** Sets the settings that are about to become active; routes that this thread adds name their instances; null for none. */
    void expect(Settings upcoming) {
        if (upcoming == null) {
            expected.remove();
        } else {
            expected.set(upcoming);
        }
    }

    /** Returns whether the routes name only instances of these settings. */
    static boolean fits(List<RouteDefinition> routes, Settings next) {
        return problems(routes, next).isEmpty();
    }

    /** @throws InvalidSettingsException if one of the routes names an instance that these settings lack */
    static void require(List<RouteDefinition> routes, Settings next) throws InvalidSettingsException {
        List<Problem> problems = problems(routes, next);
        if (!problems.isEmpty()) {
            throw new InvalidSettingsException(problems);
        }
    }

    private static List<Problem> problems(List<RouteDefinition> routes, Settings next) {
        List<Problem> problems = new ArrayList<>();
        for (RouteDefinition route : List.copyOf(routes)) {
            for (ProcessorDefinition<?> step : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)) {
                String uri = uri(step);
                try {
                    InstanceSelection selection = selection(resolved(step, uri));
                    if (selection != null) {
                        selection.unknown(next).forEach(unknown -> problems.add(shown(route, step, uri, problem(route, step, unknown))));
                    }
                } catch (IllegalArgumentException contradiction) {
                    problems.add(shown(route, step, uri, new Problem(location(step), "route '" + route.getRouteId() + "'", Optional.empty(),
                            "is not valid: " + contradiction.getMessage(), Optional.empty())));
                }
            }
        }
        return problems;
    }

    private static Problem shown(RouteDefinition route, ProcessorDefinition<?> step, String uri, Problem problem) {
        if (step.getCamelContext() == null) {
            return problem;
        }
        List<String> texts = new ArrayList<>(List.of(uri));
        if (route.getTemplateParameters() != null) {
            route.getTemplateParameters().values().forEach(value -> texts.add(String.valueOf(value)));
        }
        // The parameters of a template are texts of the rules, which need not be hidden.
        PropertiesComponent properties = step.getCamelContext().getPropertiesComponent();
        Properties parameters = properties.getLocalProperties();
        properties.setLocalProperties(null);
        try {
            return WrittenPlaceholders.in(texts, step.getCamelContext()).of(problem);
        } finally {
            properties.setLocalProperties(parameters);
        }
    }

    private static Problem problem(RouteDefinition route, ProcessorDefinition<?> step, InstanceSelection.Unknown unknown) {
        return new Problem(location(step), "route '" + route.getRouteId() + "' names " + unknown.kind(), Optional.of(unknown.word()),
                ProblemSentence.listing(unknown.requirement(), unknown.known()), DidYouMean.name(unknown.word(), unknown.known()));
    }

    private static String location(ProcessorDefinition<?> step) {
        return step.getLocation() == null ? "A route" : step.getLocation() + ":" + step.getLineNumber();
    }

    /** Returns the URI that the step sends to; null if it does not send. To Camel, wire taps are dynamic sends. */
    private static String uri(ProcessorDefinition<?> step) {
        if (step instanceof ToDynamicDefinition dynamic) {
            return dynamic.getUri();
        }
        return step instanceof ToDefinition to ? to.getUri() : null;
    }

    /** With the values of placeholders; null if one has none, as in a template. */
    private static String resolved(ProcessorDefinition<?> step, String uri) {
        if (uri == null || !uri.contains("{{") || step.getCamelContext() == null) {
            return uri == null || uri.contains("{{") ? null : uri;
        }
        try {
            return step.getCamelContext().resolvePropertyPlaceholders(uri);
        } catch (RuntimeException noValue) {
            return null;
        }
    }

    /** Null for another endpoint, and if the request determines the instance. */
    private static InstanceSelection selection(String uri) {
        if (uri == null || !uri.startsWith(PREFIX) || uri.contains("${")) {
            return null;
        }
        EndpointUri endpoint = EndpointUri.of(uri);
        return InstanceSelection.of(endpoint.rest(), endpoint.options().get("tag"), endpoint.options().get("exclude"));
    }
}
