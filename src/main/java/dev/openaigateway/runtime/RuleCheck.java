package dev.openaigateway.runtime;

import dev.openaigateway.config.Nearest;
import dev.openaigateway.routing.Instance;
import dev.openaigateway.routing.InstanceTarget;
import dev.openaigateway.routing.Instances;
import dev.openaigateway.upstream.InstanceComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.model.Model;
import org.apache.camel.model.ModelLifecycleStrategySupport;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.ToDefinition;

import java.util.List;

/** Refuses a route that names an instance nobody configured, before it is started. */
final class RuleCheck extends ModelLifecycleStrategySupport {

    private static final String PREFIX = InstanceComponent.SCHEME + ":";

    private final Instances instances;

    private RuleCheck(Instances instances) {
        this.instances = instances;
    }

    static void install(CamelContext context, Instances instances) {
        context.getCamelContextExtension().getContextPlugin(Model.class).addModelLifecycleStrategy(new RuleCheck(instances));
    }

    @Override
    public void onAddRouteDefinition(RouteDefinition route) {
        for (ToDefinition step : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ToDefinition.class)) {
            String name = instanceName(step.getUri());
            if (name != null && !name.equals(InstanceTarget.ANY) && instances.named(name).isEmpty()) {
                throw new StartupException(message(route, step, name));
            }
        }
    }

    private String message(RouteDefinition route, ToDefinition step, String name) {
        List<String> known = instances.all().stream().map(Instance::name).toList();
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
