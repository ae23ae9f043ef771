package dev.openaigateway.rules.classes;

import dev.openaigateway.config.RoutingSettings.Strategy;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.recipient.OwnComponents;
import dev.openaigateway.routing.Policy;
import dev.openaigateway.rules.names.CheckScope;
import dev.openaigateway.rules.names.DeclaredNames;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.PropertyPlaceholders;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import dev.openaigateway.text.EndpointText;
import org.apache.camel.CamelContext;
import org.apache.camel.Processor;
import org.apache.camel.processor.loadbalancer.LoadBalancer;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Checks the names of beans, policies, route configurations and classes. */
public final class ReferenceCheck implements NodeCheck {

    /** Definitions whose key {@code ref} names a bean. In others it is an expression. */
    private static final Set<String> WITH_REF = Set.of("ProcessDefinition", "BeanDefinition", "MethodCallExpression", "PolicyDefinition",
            "TransactedDefinition", "ThrowExceptionDefinition", "RefErrorHandlerDefinition");
    private static final Set<String> CALLING = Set.of("BeanDefinition", "MethodCallExpression");
    /** Keys that name a class. */
    private static final Set<String> CLASSES = Set.of("beanType", "builderClass", "resultType", "unmarshalType", "collectionType");
    private static final Set<String> BEANS = Set.of("aggregationStrategy", "idempotentRepository", "aggregationRepository");
    private static final Set<String> NO_BEANS = Set.of("routeTemplateRef", "configurationRef", "factoryRef");
    private static final String CONFIGURED = "configured";

    private final CheckScope scope;
    private final CamelContext context;
    private final DeclaredNames declared;
    private final Problems problems;
    private final BeanCheck beans;

    public ReferenceCheck(CheckScope scope) {
        this.scope = scope;
        this.context = scope.context();
        this.declared = scope.declared();
        this.problems = scope.problems();
        this.beans = new BeanCheck(context, problems);
    }

    @Override
    public void check(VisitedNode visit) {
        if (visit.isBean()) {
            factory(visit);
        }
        switch (visit.model()) {
            case "CustomLoadBalancerDefinition" -> visit.textOrShort("ref").ifPresent(ref -> policy(visit.location(), ref));
            case "RouteDefinition" -> YamlNodes.at(visit.node(), "routeConfigurationId").ifPresent(id -> configuration(visit.location(), id));
            default -> {
                if (CALLING.contains(visit.model())) {
                    method(visit);
                }
                if (WITH_REF.contains(visit.model())) {
                    YamlNodes.at(visit.node(), "ref").ifPresent(ref -> bean(visit.location(), ref, visit.model().equals("ProcessDefinition")));
                }
            }
        }
        if (visit.node() instanceof MappingNode object && !visit.definition().isOpen()) {
            object.getValue().forEach(entry -> other(visit, entry));
        } else if (visit.isConversion()) {
            beans.type(visit.location(), visit.node());
        }
    }

    private void other(VisitedNode visit, NodeTuple entry) {
        String key = YamlText.key(entry);
        Node value = entry.getValueNode();
        if (key == null || !visit.definition().keys.containsKey(key)) {
            return;
        }
        if (BEANS.contains(key) || key.endsWith("Ref") && !NO_BEANS.contains(key)) {
            bean(visit.location(), value, false);
        } else if (key.equals("exceptionType")) {
            exception(visit.location(), value);
        } else if (CLASSES.contains(key) || key.equals("type") && visit.isConversion()) {
            beans.type(visit.location(), value);
        } else if (key.equals("exception")) {
            YamlNodes.items(value).forEach(name -> exception(visit.location(), name));
        } else if (key.equals("parameters") && value instanceof MappingNode parameters && !areTexts(visit)) {
            parameters.getValue().forEach(parameter -> reference(visit.location(), parameter.getValueNode()));
        }
    }

    private static boolean areTexts(VisitedNode visit) {
        return YamlNodes.text(visit.node(), "uri").map(EndpointText::scheme).filter(OwnComponents::evaluateOptions).isPresent();
    }

    private void exception(Location location, Node name) {
        beans.type(location, name).filter(type -> !Throwable.class.isAssignableFrom(type)).ifPresent(type ->
                problems.at(location, name).says("names class", type.getName()).because("which is not an exception"));
    }

    private void policy(Location location, Node ref) {
        String written = PropertyPlaceholders.resolve(context, location, ref, problems);
        if (written == null) {
            return;
        }
        if (written.startsWith("#class:") || written.startsWith("#type:")) {
            beans.type(location, ref).filter(type -> !LoadBalancer.class.isAssignableFrom(type)).ifPresent(type ->
                    problems.at(location, ref).says("names policy", written).because("which is not a load balancer of Camel; "
                            + "bind a policy under 'beans', and give its name here"));
            return;
        }
        String name = written.replaceFirst("^#(bean:)?", "");
        boolean exists = declared.beans().containsKey(name) || isPolicy(name) || isPolicy(Strategy.policyName(name));
        if (exists && written.startsWith("#")) {
            problems.at(location, ref).says("names policy", written).suggesting(Optional.of(name)).because("in which '#' is not expected");
        } else if (!exists) {
            problems.at(location, ref).says("names policy", written).because("which does not exist", policies());
        } else if (declared.beans().containsKey(name)) {
            hasType(location, ref, "names policy", name, List.of(Policy.class, LoadBalancer.class));
        }
    }

    /** Reports a bean of the files whose class is none of these types. */
    private void hasType(Location location, Node ref, String text, String name, List<Class<?>> types) {
        Class<?> type = declaredType(name);
        if (type != null && types.stream().noneMatch(required -> required.isAssignableFrom(type))) {
            problems.at(location, ref).says(text, name).because("which is a " + type.getName() + " (" + declared.beans().get(name) + ") and not a "
                    + types.get(0).getName());
        }
    }

    /** The class of a bean that the files declare; null if it is not known, as of what a script makes. */
    private Class<?> declaredType(String name) {
        String type = declared.beanClasses().get(name);
        return type == null ? null : BeanCheck.loaded(context, type);
    }

    private void method(VisitedNode call) {
        String method = YamlNodes.text(call.node(), "method").orElse("");
        Class<?> type = YamlNodes.text(call.node(), "ref").map(this::declaredType).or(() -> YamlNodes.text(call.node(), "beanType")
                .map(name -> BeanCheck.loaded(context, name))).orElse(null);
        if (type != null && method.matches("\\w+(\\(.*)?")) {
            Set<String> known = new BeanClass(type).methodNames();
            String name = method.replaceFirst("\\(.*", "");
            if (!known.contains(name)) {
                problems.at(call.location(), YamlNodes.at(call.node(), "method").orElseThrow()).says("calls method", name)
                        .because("which " + type.getName() + " does not have", known);
            }
        }
    }

    private boolean isPolicy(String name) {
        return builtIn().contains(name) || scope.isBound(name, Policy.class) || scope.isBound(name, LoadBalancer.class);
    }

    private static Set<String> builtIn() {
        Set<String> names = new TreeSet<>(Set.of(CONFIGURED));
        for (Strategy strategy : Strategy.values()) {
            names.add(strategy.policy());
        }
        return names;
    }

    private Collection<String> policies() {
        Set<String> names = builtIn();
        names.addAll(scope.boundNames(Policy.class));
        names.addAll(declared.beans().keySet());
        return names;
    }

    private void configuration(Location location, Node id) {
        String text = PropertyPlaceholders.resolve(context, location, id, problems);
        if (text == null) {
            return;
        }
        // Camel keeps blanks beside the commas, and passes over a name that it does not find.
        for (String name : text.split(",")) {
            if (!name.contains("*") && !declared.configurations().contains(name)) {
                problems.at(location, id).says("names route configuration", name).because("which does not exist", declared.configurations());
            }
        }
    }

    private void factory(VisitedNode visit) {
        beans.check(visit);
        YamlNodes.at(visit.node(), "properties").ifPresent(properties -> {
            if (properties instanceof MappingNode object) {
                object.getValue().forEach(property -> reference(visit.location(), property.getValueNode()));
            }
        });
    }

    /** Checks a value that may refer to a bean, as {@code #bean:name}. */
    private void reference(Location location, Node value) {
        String text = YamlText.text(value);
        if (text != null && text.startsWith("#bean:")) {
            named(location, value, text.substring("#bean:".length()), Object.class);
        }
    }

    private void bean(Location location, Node ref, boolean isProcessor) {
        String text = PropertyPlaceholders.resolve(context, location, ref, problems);
        if (text == null || text.startsWith("#type:") || text.contains("${")) {
            return;
        }
        if (text.startsWith("#class:")) {
            beans.type(location, ref);
            return;
        }
        if (isProcessor) {
            hasType(location, ref, "names bean", text.replaceFirst("^#bean:", ""), List.of(Processor.class));
        }
        named(location, ref, text.startsWith("#bean:") ? text.substring("#bean:".length()) : text, isProcessor ? Processor.class : Object.class);
    }

    private void named(Location location, Node node, String name, Class<?> type) {
        if (!declared.beans().containsKey(name) && !scope.isBound(name)) {
            Set<String> known = new TreeSet<>(declared.beans().keySet());
            known.addAll(scope.boundNames(type));
            String nearest = DidYouMean.name(name, known).map(declared.beans()::get).map(where -> "; one is bound at " + where).orElse("");
            problems.at(location, node).says("names bean", name).because("which does not exist" + nearest, known);
        }
    }
}
