package dev.openaigateway.rules;

import dev.openaigateway.config.Settings;
import dev.openaigateway.problem.Problem;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.support.TestSettings;
import dev.openaigateway.upstream.InstanceComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.impl.engine.DefaultClassResolver;
import org.apache.camel.impl.engine.SimpleCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ContextServiceLoaderPluginResolver;
import org.apache.camel.support.service.ServiceSupport;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Checks texts of rules in a Camel context that has nothing of the gateway but instances. */
final class CheckedRules {

    private final CamelContext context = unbuilt();
    private final List<RouteDefinition> routes = new ArrayList<>();
    private List<String> warnings = List.of();
    private final RulesCheck check;
    private final Settings settings;

    CheckedRules() {
        this("""
                instances:
                  - { name: east, provider_type: generic, api_key: k, api_base: "http://east" }
                  - { name: west, provider_type: generic, api_key: k, api_base: "http://west" }
                """);
    }

    CheckedRules(String settings) {
        this.settings = TestSettings.of(settings);
        context.addComponent(InstanceComponent.SCHEME, new InstanceComponent(null, null, null));
        context.getRegistry().bind("quota", (Processor) exchange -> { });
        context.build();
        this.check = new RulesCheck(context);
    }

    /** The text of a rule that calls an instance after these steps, each of which begins with a dash. */
    static String before(String steps) {
        return """
                - route:
                    id: routing
                    from:
                      uri: direct:routing
                      steps:
                %s
                        - to: instance:east
                """.formatted(steps.strip().indent(8).stripTrailing());
    }

    /** The warnings of the last check. */
    List<String> warnings() {
        return warnings;
    }

    private static CamelContext unbuilt() {
        CamelContext context = new SimpleCamelContext(false);
        context.getCamelContextExtension().addContextPlugin(ContextServiceLoaderPluginResolver.class, new WithoutPlugins());
        return context;
    }

    /** A context that has nothing of the gateway. */
    static CamelContext context() {
        CamelContext context = unbuilt();
        context.build();
        return context;
    }

    /** Lets one class lack another that it needs, as one of a jar in {@code ext} may. */
    CheckedRules withoutWhatNeeds(String type) {
        context.setClassResolver(new DefaultClassResolver(context) {
            @Override
            public Class<?> resolveClass(String name) {
                if (name.equals(type)) {
                    throw new NoClassDefFoundError("com/example/Missing");
                }
                return super.resolveClass(name);
            }
        });
        return this;
    }

    /** Adds a route of another file. */
    CheckedRules beside(RouteDefinition route) {
        routes.add(route);
        return this;
    }

    CheckedRules withProperty(String name, String value) {
        context.getPropertiesComponent().addInitialProperty(name, value);
        return this;
    }

    CheckedRules withBean(String name, Object bean) {
        context.getRegistry().bind(name, bean);
        return this;
    }

    /** The problems of a file {@code rules.yaml} with this text. */
    List<String> problems(String text) {
        return problems(List.of(RulesText.rules("rules.yaml", text)));
    }

    /** The problems of these files, {@code 0.yaml} and so on. */
    List<String> problemsTogether(String... texts) {
        return problems(IntStream.range(0, texts.length).mapToObj(i -> RulesText.rules(i + ".yaml", texts[i])).toList());
    }

    /** The problems of a file {@code events.yaml} with this text. */
    List<String> problemsOfEvents(String text) {
        return problems(List.of(new RulesText("events.yaml", text, RulesText.Kind.EVENTS, false)));
    }

    private List<String> problems(List<RulesText> files) {
        Problems found = check.check(files, new CheckContext(settings, routes, List.of(), Set.of(), Set.of()));
        warnings = messages(found.warnings());
        return messages(found);
    }

    private static List<String> messages(Problems problems) {
        return problems.problems().stream().map(Problem::message).toList();
    }

    /** Keeps the gateway out of the context. */
    private static final class WithoutPlugins extends ServiceSupport implements ContextServiceLoaderPluginResolver {

        private CamelContext context;

        @Override
        public CamelContext getCamelContext() {
            return context;
        }

        @Override
        public void setCamelContext(CamelContext context) {
            this.context = context;
        }
    }
}
