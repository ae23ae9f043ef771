package dev.openaigateway.rules;

import dev.openaigateway.config.InstanceSelection;
import dev.openaigateway.config.ModelCatalogue;
import dev.openaigateway.config.Settings;
import dev.openaigateway.config.load.DidYouMean;
import dev.openaigateway.rules.yaml.Entries;
import dev.openaigateway.rules.yaml.Findings;
import dev.openaigateway.rules.yaml.Place;
import dev.openaigateway.rules.yaml.Visit;
import dev.openaigateway.rules.yaml.YamlText;
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

/** Checks the endpoints that steps send to and routes begin with: component, instance, receiving route, options. */
final class EndpointCheck {

    private static final Set<String> INTERNAL = Set.of("direct", "seda");
    /** Options with which a {@code seda:} queue needs no receiver. */
    private static final Set<String> WITHOUT_RECEIVER = Set.of("discardIfNoConsumers", "failIfNoConsumers");

    private final CamelContext context;
    private final Settings settings;
    private final Declared declared;
    private final Findings findings;
    private final Components components;
    private final Names names;

    EndpointCheck(CamelContext context, Components components, Settings settings, Declared declared, Names names, Findings findings) {
        this.names = names;
        this.context = context;
        this.settings = settings;
        this.declared = declared;
        this.findings = findings;
        this.components = components;
    }

    /** @param uri the node with the URI; parameters may stand beside it */
    void check(Visit visit, Node uri, boolean begins) {
        Place place = visit.place();
        String text = YamlText.text(uri);
        asked(place, uri, text);
        Entries.at(visit.node(), "parameters").ifPresent(parameters -> asked(place, parameters));
        if (text.contains("${") || text.startsWith("ref:") || text.startsWith("kamelet:")) {
            return;
        }
        String resolved = Placeholders.resolve(context, place, uri, findings);
        if (resolved != null) {
            check(place, uri, EndpointUri.of(resolved), Entries.at(visit.node(), "parameters").orElse(null), begins);
        }
    }

    /** Options of {@code request:}, {@code reject:} and of dynamic endpoints may be simple expressions. */
    private void asked(Place place, Node parameters) {
        if (parameters instanceof MappingNode options) {
            options.getValue().forEach(option -> asked(place, option.getValueNode(), YamlText.text(option.getValueNode())));
        }
    }

    private void asked(Place place, Node node, String text) {
        if (text != null && text.contains("${")) {
            names.check(place, node, "simple", text);
        }
    }

    /** Checks one of the endpoints in a list of them, as {@code recipientList} has it. */
    void checkText(Place place, Node node, String uri) {
        check(place, node, EndpointUri.of(uri), null, false);
    }

    private void check(Place place, Node node, EndpointUri uri, Node parameters, boolean begins) {
        if (!components.exists(uri.scheme())) {
            String where = DidYouMean.name(uri.scheme(), components.names()).isPresent() ? "" : " without its jars in the folder 'ext'";
            findings.unknown(place, node, "uses component", uri.scheme(), "which the gateway does not have" + where, components.names());
            return;
        }
        values(place, uri, parameters);
        Map<String, String> options = uri.options(parameters);
        if (!begins && INTERNAL.contains(uri.scheme()) && !uri.rest().isEmpty()) {
            receiver(place, node, uri.scheme() + ":" + uri.rest(), options.keySet().stream().noneMatch(WITHOUT_RECEIVER::contains));
        }
        int before = findings.size();
        boolean complete = options.isEmpty() && !uri.rest().isEmpty() && components.needsNoOptions(uri.scheme());
        ComponentModel model = complete ? null : components.model(uri.scheme());
        if (model != null) {
            new OptionCheck(model, place, node, parameters, findings)
                    .check(components.catalog().validateProperties(uri.scheme(), options), options, !uri.rest().isEmpty());
        }
        if (before == findings.size()) {
            components.refusal(uri, options).ifPresent(reason ->
                    findings.add(place, named(reason, parameters, node), "uses endpoint", uri.text(), "which is not valid: " + reason));
        }
        if (before == findings.size() && uri.scheme().equals(InstanceComponent.SCHEME)) {
            instances(place, node, InstanceSelection.of(uri.rest(), options.get("tag"), options.get("exclude")), parameters);
            model(place, node, options.get("model"), parameters);
        }
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

    private void instances(Place place, Node node, InstanceSelection selection, Node parameters) {
        List<InstanceSelection.Unknown> unknowns = selection.unknown(settings);
        if (unknowns.isEmpty() && !settings.instances().isEmpty() && settings.instances().stream().noneMatch(selection::selects)) {
            findings.add(place, node, "uses endpoint", YamlText.text(node), "which selects none of the configured instances");
        }
        for (InstanceSelection.Unknown unknown : unknowns) {
            String key = unknown.kind().equals("instance") ? "name" : selection.tags().contains(unknown.word()) ? "tag" : "exclude";
            Node where = parameters == null ? node : Entries.at(parameters, key).orElse(node);
            findings.unknown(place, where, "names " + unknown.kind(), unknown.word(), "which is not configured"
                    + (unknown.known().isEmpty() ? " (no instance has tags)" : ""), unknown.known());
        }
    }

    private void model(Place place, Node node, String model, Node parameters) {
        ModelCatalogue catalogue = new ModelCatalogue(settings.models());
        if (model != null && settings.instances().stream().noneMatch(instance -> instance.serves(catalogue.target(model)))) {
            findings.unknown(place, parameters == null ? node : Entries.at(parameters, "model").orElse(node), "asks for model", model,
                    "which no instance serves", catalogue.names(settings.instances()));
        }
    }

    /** @param required false if the send may have no receiver; then only what looks like a typing error of one is reported */
    private void receiver(Place place, Node node, String target, boolean required) {
        String scheme = target.substring(0, target.indexOf(':') + 1);
        List<String> known = declared.endpoints.stream()
                .filter(endpoint -> endpoint.startsWith(scheme) && isOfUse(endpoint, place)).toList();
        boolean isKnown = declared.endpoints.contains(target) || target.equals(CallCheck.GATEWAY);
        if (!isKnown && (required || DidYouMean.typo(target, known).isPresent())) {
            String begin = DidYouMean.name(target, known).map(declared.begins::get).map(visit -> "; a route begins at " + visit.where()).orElse("");
            findings.unknown(place, node, "sends to", target, "but no route begins there" + begin, known);
        }
    }

    /** Rules cannot send to what takes requests or events for the gateway itself. */
    private boolean isOfUse(String endpoint, Place place) {
        Visit begin = declared.begins.get(endpoint);
        return !endpoint.equals(CallCheck.GATEWAY) && !endpoint.startsWith("direct:instance-")
                && (begin == null || begin.place().file().kind() == place.file().kind());
    }

    /** Each parameter is one text, and given once. */
    private void values(Place place, EndpointUri uri, Node parameters) {
        if (parameters instanceof MappingNode object) {
            Set<String> seen = new HashSet<>(uri.options().keySet());
            for (NodeTuple entry : object.getValue()) {
                if (YamlText.text(entry.getValueNode()) == null || entry.getValueNode().getTag().equals(Tag.NULL)) {
                    findings.add(place, entry.getValueNode(), "sets", YamlText.key(entry), "to no text");
                } else if (!seen.add(YamlText.key(entry))) {
                    findings.add(place, entry.getKeyNode(), "sets", YamlText.key(entry), "more than once");
                }
            }
        }
    }
}
