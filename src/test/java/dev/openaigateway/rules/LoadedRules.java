package dev.openaigateway.rules;

import org.apache.camel.CamelContext;
import org.apache.camel.NamedNode;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.dsl.yaml.YamlRoutesBuilderLoader;
import org.apache.camel.impl.DefaultModelReifierFactory;
import org.apache.camel.model.Model;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.RouteDefinitionHelper;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.support.service.ServiceHelper;

/** Loads rules as Camel does, up to the processors of their routes, and starts none. */
final class LoadedRules {

    private final CamelContext context;
    private final YamlRoutesBuilderLoader loader = new YamlRoutesBuilderLoader();

    LoadedRules(CamelContext context) {
        this.context = context;
        loader.setCamelContext(context);
        ServiceHelper.startService(loader);
    }

    /** The routes as Camel understood them, in its own words. */
    String meaning(String text) throws Exception {
        Resource resource = ResourceHelper.fromString("rules.yaml", text);
        loader.preParseRoute(resource);
        RouteBuilder builder = (RouteBuilder) loader.loadRoutesBuilder(resource);
        builder.configureRoutes(context);
        StringBuilder meaning = new StringBuilder(dump(builder.getRouteCollection()));
        for (RouteDefinition route : builder.getRouteCollection().getRoutes()) {
            RouteDefinitionHelper.prepareRoute(context, route);
            context.getCamelContextExtension().getContextPlugin(Model.class).getModelLifecycleStrategies()
                    .forEach(strategy -> strategy.onAddRouteDefinition(route));
            for (ProcessorDefinition<?> step : ProcessorDefinitionHelper.filterTypeInOutputs(route.getOutputs(), ProcessorDefinition.class)) {
                meaning.append(dump(step)).append(step instanceof ToDynamicDefinition send ? send.getUri() : "").append('\n');
            }
            new DefaultModelReifierFactory().createRoute(context, route);
        }
        return meaning.toString();
    }

    /** Camel's dump of a route has neither the steps of {@code doCatch} nor the URI of a dynamic send. */
    private String dump(NamedNode definition) throws Exception {
        return PluginHelper.getModelToXMLDumper(context).dumpModelAsXml(context, definition);
    }
}
