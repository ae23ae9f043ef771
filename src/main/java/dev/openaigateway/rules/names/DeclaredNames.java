package dev.openaigateway.rules.names;

import dev.openaigateway.call.rule.GatewayEndpoints;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import dev.openaigateway.text.EndpointText;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The names that the files and what surrounds them declare, to which references may refer. Not thread-safe. */
public final class DeclaredNames {

    /** Before the name of a variable that received a message: Camel's variables for its headers, such as {@code header:quota.x-team}. */
    private static final String HEADERS_OF_VARIABLE = "header:";

    /** Expressions whose text is a name or a value, or shows the names that it reads. They set none. */
    private static final Set<String> NO_SCRIPTS = Set.of("ConstantExpression", "HeaderExpression", "ExchangePropertyExpression", "VariableExpression",
            "TokenizerExpression", "SimpleExpression", "JqExpression");

    /** What makes a bean of another class than its type. */
    private static final Set<String> MAKERS = Set.of("script", "factoryBean", "factoryMethod", "builderClass");

    private final Set<String> endpoints = new TreeSet<>();
    private final Set<String> configurations = new TreeSet<>();
    private final Map<String, String> beans = new TreeMap<>();
    private final Map<String, String> beanTypes = new HashMap<>();
    private final Map<String, String> beanClasses = new HashMap<>();
    private final Map<String, String> properties = new TreeMap<>();
    private final Set<String> variables = new TreeSet<>();
    private final Map<String, VisitedNode> begins = new HashMap<>();
    /** The kinds of files in which Java or script code runs, which may set properties and variables too. */
    private final Set<RulesText.Kind> code = EnumSet.noneOf(RulesText.Kind.class);
    /** Expressions that may set and read properties and variables by their names. */
    private final ScriptNames scripts = new ScriptNames();
    private final boolean isAsBytes;
    private RequestAsBytes request;

    /**
     * @param routes the routes of other files
     * @param others the route configurations of other files
     */
    public DeclaredNames(List<RouteDefinition> routes, List<RouteConfigurationDefinition> others) {
        for (RouteDefinition route : routes) {
            if (route.getInput() != null && route.getInput().getEndpointUri() != null) {
                endpoints.add(EndpointText.base(route.getInput().getEndpointUri()));
            }
        }
        isAsBytes = GatewayRoute.leavesBody(routes);
        for (RouteConfigurationDefinition configuration : others) {
            if (configuration.getId() != null) {
                configurations.add(configuration.getId());
            }
        }
    }

    /** @param templates finds where routes that are made from templates begin */
    public void add(List<VisitedNode> visits, RouteTemplates templates) {
        for (VisitedNode visit : visits) {
            add(visit);
            if (visit.isTemplatedRoute()) {
                templates.begin(visit).ifPresent(uri -> begin(uri, visit));
            }
        }
        request = RequestAsBytes.in(visits, isAsBytes ? begins.get(GatewayEndpoints.RULES) : null);
    }

    /** Adds the endpoints that routes begin with, and the names that steps set, once their placeholders are replaced. A parameter of a template stays. */
    public void resolve(CamelContext context) {
        Map.copyOf(begins).forEach((uri, visit) -> {
            if (uri.contains("{{")) {
                resolved(context, uri).ifPresent(value -> begin(EndpointText.base(value), visit));
            }
        });
        Map.copyOf(properties).forEach((name, where) -> resolved(context, name).filter(value -> !value.equals(name)).ifPresent(value -> {
            properties.remove(name);
            properties.putIfAbsent(value, where);
        }));
        Set<String> names = Set.copyOf(variables);
        variables.clear();
        names.forEach(name -> variables.add(resolved(context, name).orElse(name)));
    }

    private static Optional<String> resolved(CamelContext context, String text) {
        try {
            return Optional.of(text.contains("{{") ? context.resolvePropertyPlaceholders(text) : text);
        } catch (RuntimeException reportedWhereItStands) {
            return Optional.empty();
        }
    }

    private void begin(String uri, VisitedNode visit) {
        endpoints.add(uri);
        begins.putIfAbsent(uri, visit);
    }

    private void add(VisitedNode visit) {
        Node node = visit.node();
        if (visit.isRouteInput()) {
            visit.uri().map(YamlText::text).ifPresent(uri -> begin(EndpointText.base(uri), visit));
        }
        if (visit.isBean()) {
            named(visit, beans);
            YamlNodes.text(node, "type").ifPresent(type -> YamlNodes.text(node, "name").ifPresent(name -> {
                beanTypes.put(name, type);
                if (MAKERS.stream().allMatch(key -> YamlNodes.at(node, key).isEmpty())) {
                    beanClasses.put(name, type);
                }
            }));
        }
        if (visit.setsProperty()) {
            named(visit, properties);
        }
        switch (visit.model()) {
            case "RouteConfigurationDefinition" -> YamlNodes.text(node, "id").ifPresent(configurations::add);
            case "SetVariableDefinition" -> YamlNodes.text(node, "name").ifPresent(variables::add);
            case "ConvertVariableDefinition" -> YamlNodes.text(node, "toName").ifPresent(variables::add);
            case "PollDefinition" -> visit.uri().map(YamlText::text).map(EndpointText::base).ifPresent(endpoints::add);
            default -> {
                if (visit.model().endsWith("Expression") && !NO_SCRIPTS.contains(visit.model())) {
                    visit.textOrShort("expression").map(YamlText::text).ifPresent(scripts::add);
                }
            }
        }
        if (RuleCode.isIn(visit)) {
            code(visit);
        }
        if ("pollEnrich".equals(visit.location().holder())) {
            visit.textOrShort("expression").map(YamlText::text).map(EndpointText::base).ifPresent(endpoints::add);
        }
        YamlNodes.at(node, "statusPropertyName").filter(name -> YamlText.text(name) != null)
                .ifPresent(name -> properties.putIfAbsent(YamlText.text(name), visit.where(name)));
        YamlNodes.text(node, "variableReceive").ifPresent(name -> variables.addAll(List.of(name, HEADERS_OF_VARIABLE + name)));
        YamlNodes.at(node, "variables").ifPresent(list -> YamlNodes.items(list).forEach(item ->
                YamlNodes.text(item, "name").ifPresent(variables::add)));
    }

    private void code(VisitedNode visit) {
        if (!visit.location().file().shipped()) {
            code.add(visit.location().file().kind());
        }
    }

    public boolean hasCode(RulesText file) {
        return code.contains(file.kind());
    }

    /** Whether a script may set or read a property or a variable of this name. */
    boolean isInScript(String name) {
        return scripts.have(name);
    }

    /** The endpoints at which routes begin. */
    public Set<String> endpoints() {
        return endpoints;
    }

    /** The ids of route configurations. */
    public Set<String> configurations() {
        return configurations;
    }

    /** Where beans are bound, by name. */
    public Map<String, String> beans() {
        return beans;
    }

    /** The types of these beans, as the files name them. What a script or a factory makes may have another class. */
    public Map<String, String> beanTypes() {
        return beanTypes;
    }

    /** The classes of the beans that a constructor makes, as the files name them. */
    public Map<String, String> beanClasses() {
        return beanClasses;
    }

    /** Where the routes of the files begin, by endpoint. */
    public Map<String, VisitedNode> begins() {
        return begins;
    }

    /** Where the body is the request as it came. */
    public RequestAsBytes request() {
        return request;
    }

    /** Where properties are set, by name. */
    Map<String, String> properties() {
        return properties;
    }

    Set<String> variables() {
        return variables;
    }

    private static void named(VisitedNode visit, Map<String, String> places) {
        YamlNodes.at(visit.node(), "name").filter(name -> YamlText.text(name) != null)
                .ifPresent(name -> places.putIfAbsent(YamlText.text(name), visit.where(name)));
    }
}
