package dev.openaigateway.runtime;

import dev.openaigateway.config.InstanceSettings;
import dev.openaigateway.config.Nearest;
import dev.openaigateway.config.Settings;
import dev.openaigateway.routing.InstanceTarget;
import dev.openaigateway.upstream.InstanceComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

import java.util.List;
import java.util.function.Supplier;

/** Refuses rules that name an instance nobody configured: before a route is started, and before settings lose one. */
final class RuleCheck extends ModelLifecycleStrategySupport {

    private static final String PREFIX = InstanceComponent.SCHEME + ":";

    private final Model model;
    private final Supplier<Settings> settings;

    private RuleCheck(Model model, Supplier<Settings> settings) {
        this.model = model;
        this.settings = settings;
    }

    static RuleCheck install(CamelContext context, Supplier<Settings> settings) {
        Model model = context.getCamelContextExtension().getContextPlugin(Model.class);
        RuleCheck check = new RuleCheck(model, settings);
        model.addModelLifecycleStrategy(check);
        return check;
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        require(route, settings.get());
    }

    /** @throws StartupException if a route names an instance that these settings lack */
    void require(Settings next) {
        model.getRouteDefinitions().forEach(route -> require(route, next));
    }

    private static void require(RouteDefinition route, Settings next) {
        for (ToDefinition step : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
            String name = instanceName(step.getUri());
            if (name != null && !name.equals(InstanceTarget.ANY) && next.instance(name).isEmpty()) {
                throw new StartupException(message(route, step, name, next));
            }
        }
    }

    private static String message(RouteDefinition route, ToDefinition step, String name, Settings next) {
        List<String> known = next.instances().stream().map(InstanceSettings::name).toList();
        String place = step.getLocation() == null ? "A route" : step.getLocation() + ":" + step.getLineNumber();
        String hint = Nearest.name(name, known).map(nearest -> " Did you mean '" + nearest + "'?").orElse("");
        return place + ": route '" + route.getRouteId() + "' names instance '" + name + "', which is not configured."
                + hint + " Configured: " + String.join(", ", known) + ".";
    }

    /** Null for another endpoint. */
    private static String instanceName(String uri) {
        if (uri == null || !uri.startsWith(PREFIX)) {
            return null;
        }
        String rest = uri.substring(PREFIX.length());
        int options = rest.indexOf('?');
        return options < 0 ? rest : rest.substring(0, options);
    }
}
