package dev.openaigateway.rules;

import dev.openaigateway.call.rule.GatewayEndpoints;
import dev.openaigateway.config.InstanceSelection;
import dev.openaigateway.config.Settings;
import dev.openaigateway.problem.DidYouMean;
import dev.openaigateway.recipient.OwnComponents;
import dev.openaigateway.rules.names.CheckScope;
import dev.openaigateway.rules.names.DeclaredNames;
import dev.openaigateway.rules.names.EndpointUri;
import dev.openaigateway.rules.names.NameCheck;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.PropertyPlaceholders;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import dev.openaigateway.text.EndpointText;
import dev.openaigateway.upstream.InstanceComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.tooling.model.ComponentModel;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.Tag;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Checks the endpoints that steps send to and routes begin with: component, instance, receiving route, options. */
final class EndpointCheck {

    private static final Set<String> INTERNAL = Set.of("direct", "seda");

    private static final Pattern NOT_EVALUATED = Pattern.compile("(instance|direct|seda|https?):[^?]*\\$\\{.*");

    private final CheckScope scope;
    private final CamelContext context;
    private final Settings settings;
    private final DeclaredNames declared;
    private final Problems problems;
    private final ComponentCatalog components;
    private final NameCheck names;
    private final ExpressionCheck expressions;
    private final ModelCheck models;

    EndpointCheck(CheckScope scope, ComponentCatalog components, NameCheck names, ExpressionCheck expressions) {
        this.scope = scope;
        this.context = scope.context();
        this.settings = scope.settings();
        this.declared = scope.declared();
        this.problems = scope.problems();
        this.components = components;
        this.names = names;
        this.expressions = expressions;
        this.models = new ModelCheck(scope);
    }

    /**
     * @param uri      the node with the URI; parameters may stand beside it
     * @param receives whether a route begins with the endpoint, or a step takes a message from it; else a step sends to it
     */
    void check(VisitedNode visit, Node uri, boolean receives) {
        Location location = visit.location();
        String text = YamlText.text(uri);
        if (text.isBlank()) {
            if (!uri.getTag().equals(Tag.NULL)) {
                problems.at(location, uri).says("has an empty URI").because("in '" + location.step() + "'");
            }
            return;
        }
        int before = problems.size();
        boolean isEvaluatedByComponent = visit.model().equals("ToDefinition") && OwnComponents.evaluateOptions(EndpointText.scheme(text));
        expressions(visit, uri, isEvaluatedByComponent);
        if (visit.model().equals("ToDefinition") && NOT_EVALUATED.matcher(text).matches()) {
            problems.at(location, uri).says("sends to", text).because("in which ${...} is not evaluated; write 'toD' in place of 'to'");
        }
        if (text.contains("${") && !isEvaluatedByComponent || hasComputedOption(visit) || text.startsWith("ref:") || text.startsWith("kamelet:") && components.exists("kamelet")) {
            int scheme = text.indexOf(':');
            if (scheme > 0 && (scheme < text.indexOf("${") || hasComputedOption(visit)) && !text.contains("{{")) {
                isKnown(location, uri, text.substring(0, scheme));
            }
            return;
        }
        String resolved = PropertyPlaceholders.resolve(context, location, uri, problems);
        if (resolved != null) {
            check(location, uri, EndpointUri.of(resolved), YamlNodes.at(visit.node(), "parameters").orElse(null), receives, before);
        }
    }

    /** The whole URI of a dynamic endpoint is an expression, and each option of {@code request:} and {@code reject:}. */
    private void expressions(VisitedNode visit, Node uri, boolean isEvaluatedByComponent) {
        Location location = visit.location();
        String text = YamlText.text(uri);
        if (isEvaluatedByComponent) {
            EndpointUri.of(text).options().values().forEach(value -> expression(location, uri, value));
        } else if (isDynamic(visit)) {
            expression(location, uri, text);
        } else {
            names.check(location, uri, "simple", text);
        }
        options(visit).forEach(option -> expression(location, option, YamlText.text(option)));
    }

    private static boolean isDynamic(VisitedNode visit) {
        return visit.model().equals("ToDynamicDefinition") || visit.model().equals("WireTapDefinition");
    }

    /** Camel appends the options to the URI, which is an expression as a whole. */
    private static boolean hasComputedOption(VisitedNode visit) {
        return isDynamic(visit) && options(visit).stream().map(YamlText::text).anyMatch(text -> text != null && text.contains("${"));
    }

    private static List<Node> options(VisitedNode visit) {
        return YamlNodes.at(visit.node(), "parameters").orElse(null) instanceof MappingNode options
                ? options.getValue().stream().map(NodeTuple::getValueNode).toList() : List.of();
    }

    private void expression(Location location, Node node, String text) {
        if (text != null && text.contains("${")) {
            expressions.check(location, node, text, "simple", false);
        }
    }

    /** Checks one of the endpoints in a list of them, as {@code recipientList} has it. */
    void checkText(Location location, Node node, String uri, boolean receives) {
        check(location, node, EndpointUri.of(uri), null, receives, problems.size());
    }

    /** @param before the number of problems before this endpoint. After a problem of its own, the component's reason would only repeat it */
    private void check(Location location, Node node, EndpointUri uri, Node parameters, boolean receives, int before) {
        if (!isKnown(location, node, uri.scheme())) {
            return;
        }
        if (uri.scheme().equals("bean") && scope.isFormer(uri.rest())) {
            problems.at(location, node).says("names bean", uri.rest()).because("which does not exist");
        }
        values(location, uri, parameters);
        Map<String, String> options = resolved(location, uri, parameters);
        if (!receives && INTERNAL.contains(uri.scheme()) && !uri.rest().isEmpty()) {
            receiver(location, node, uri.scheme() + ":" + uri.rest());
        }
        boolean complete = options.isEmpty() && !uri.rest().isEmpty() && components.needsNoOptions(uri.scheme());
        ComponentModel model = complete ? null : components.model(uri.scheme());
        if (model != null) {
            new OptionCheck(model, location, node, parameters, problems)
                    .check(components.catalog().validateProperties(uri.scheme(), options), options, !uri.rest().isEmpty());
        }
        if (before == problems.size()) {
            components.refusal(uri, options).ifPresent(reason ->
                    problems.at(location, named(reason, parameters, node)).says("uses endpoint", uri.text())
                            .because("which is not valid: " + reason));
        }
        if (before == problems.size() && uri.scheme().equals(InstanceComponent.SCHEME)) {
            InstanceSelection selection = InstanceSelection.of(uri.rest(), options.get("tag"), options.get("exclude"));
            if (!(options.get("tag") + options.get("exclude")).contains("{{")) {
                instances(location, node, selection, parameters);
            }
            models.check(location, parameters == null ? node : YamlNodes.at(parameters, "model").orElse(node), options.get("model"), selection);
        } else if (uri.scheme().equals("request") && uri.rest().equals("set")) {
            String key = "model".equals(options.get("name")) ? "value" : "model";
            models.check(location, parameters == null ? node : YamlNodes.at(parameters, key).orElse(node), options.get(key), null);
        }
    }

    private boolean isKnown(Location location, Node node, String scheme) {
        if (!components.exists(scheme)) {
            String where = DidYouMean.name(scheme, components.names()).isPresent() ? "" : " without its jars in the folder 'ext'";
            problems.at(location, node).says("uses component", scheme).because("which the gateway does not have" + where, components.names());
        }
        return components.exists(scheme);
    }

    /** The options with the values of their placeholders; a placeholder without a value is a problem. */
    private Map<String, String> resolved(Location location, EndpointUri uri, Node parameters) {
        Map<String, String> options = uri.options(parameters);
        if (parameters instanceof MappingNode object) {
            for (NodeTuple entry : object.getValue()) {
                String value = PropertyPlaceholders.resolve(context, location, entry.getValueNode(), problems);
                if (value != null && YamlText.key(entry) != null) {
                    options.put(YamlText.key(entry), value);
                }
            }
        }
        return options;
    }

    /** The value of the parameter that a refusal names; else the node of the URI. */
    private static Node named(String reason, Node parameters, Node uri) {
        if (parameters instanceof MappingNode object) {
            for (NodeTuple entry : object.getValue()) {
                if (List.of(reason.split("\\W+")).contains(YamlText.key(entry))) {
                    return entry.getValueNode();
                }
            }
        }
        return uri;
    }

    private void instances(Location location, Node node, InstanceSelection selection, Node parameters) {
        List<InstanceSelection.Unknown> unknowns = selection.unknown(settings);
        if (unknowns.isEmpty() && !settings.instances().isEmpty() && settings.instances().stream().noneMatch(selection::selects)) {
            problems.at(location, node).says("uses endpoint", YamlText.text(node)).because("which selects none of the configured instances");
        }
        for (InstanceSelection.Unknown unknown : unknowns) {
            String key = unknown.kind().equals("instance") ? "name" : selection.tags().contains(unknown.word()) ? "tag" : "exclude";
            Node where = parameters == null ? node : YamlNodes.at(parameters, key).orElse(node);
            problems.at(location, where).says("names " + unknown.kind(), unknown.word()).because(unknown.requirement(), unknown.known());
        }
    }

    /** A receiver may be switched off while the gateway runs, but a target without one is a typing error. */
    private void receiver(Location location, Node node, String target) {
        String scheme = target.substring(0, target.indexOf(':') + 1);
        List<String> known = declared.endpoints().stream()
                .filter(endpoint -> endpoint.startsWith(scheme) && !endpoint.contains("{{") && isOfUse(endpoint, location)).toList();
        boolean isKnown = declared.endpoints().contains(target) || target.equals(GatewayEndpoints.ENTRY);
        if (!isKnown) {
            String begin = DidYouMean.name(target, known).map(declared.begins()::get).map(visit -> "; a route begins at " + visit.where()).orElse("");
            problems.at(location, node).says("sends to", target).because("but no route begins there" + begin, known);
        }
    }

    /** Rules cannot send to what takes requests or events for the gateway itself. */
    private boolean isOfUse(String endpoint, Location location) {
        VisitedNode begin = declared.begins().get(endpoint);
        return !GatewayEndpoints.contains(endpoint)
                && (begin == null || begin.location().file().kind() == location.file().kind());
    }

    /** Each parameter is one text, and given once. */
    private void values(Location location, EndpointUri uri, Node parameters) {
        if (parameters instanceof MappingNode object) {
            Set<String> seen = new HashSet<>(uri.options().keySet());
            for (NodeTuple entry : object.getValue()) {
                if (YamlText.text(entry.getValueNode()) == null || entry.getValueNode().getTag().equals(Tag.NULL)) {
                    problems.at(location, entry.getValueNode()).says("sets", YamlText.key(entry)).because("which must be a text");
                } else if (!seen.add(YamlText.key(entry))) {
                    problems.at(location, entry.getKeyNode()).says("sets", YamlText.key(entry)).because("more than once");
                }
            }
        }
    }
}
