package dev.openaigateway.rules;

import dev.openaigateway.rules.yaml.Entries;
import dev.openaigateway.rules.yaml.Findings;
import dev.openaigateway.rules.yaml.Place;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.rules.yaml.Visit;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.List;
import java.util.Set;

/** Hands each node of the files to the checks that concern it. Used for one check. */
final class RulesVisit {

    private static final Set<String> SENDING = Set.of("ToDefinition", "ToDynamicDefinition", "WireTapDefinition", "PollDefinition");
    private static final Set<String> BEGINNING = Set.of("FromDefinition", "RouteFromDefinitionDeserializer");
    /** Steps whose expression gives endpoints to call. */
    private static final Set<String> CALLING = Set.of("enrich", "pollEnrich", "recipientList", "routingSlip");
    /** Definitions with a name that is a simple expression. */
    private static final Set<String> NAMED = Set.of("SetHeaderDefinition", "SetPropertyDefinition", "SetVariableDefinition");

    private final CamelContext context;
    private final Surroundings surroundings;
    private final Findings findings;
    private final Components components;

    RulesVisit(CamelContext context, Surroundings surroundings, Findings findings) {
        this.context = context;
        this.surroundings = surroundings;
        this.findings = findings;
        this.components = new Components(context);
    }

    void check(List<RulesText> files, List<Visit> visits) {
        Declared declared = new Declared(surroundings);
        declared.add(visits);
        Names names = new Names(declared, findings);
        EndpointCheck endpoints = new EndpointCheck(context, components, surroundings.settings(), declared, names, findings);
        ReferenceCheck references = new ReferenceCheck(context, surroundings.formerBeans(), declared, findings);
        ExpressionCheck expressions = new ExpressionCheck(context, components, declared, names, findings);
        RouteCheck routes = new RouteCheck(findings);
        FallbackCheck fallbacks = new FallbackCheck(findings);
        CallCheck calls = new CallCheck(findings);
        BalancerCheck balancers = new BalancerCheck(context, findings);
        DataFormatCheck formats = new DataFormatCheck(context, findings);
        for (Visit visit : visits) {
            if (!visit.place().file().shipped()) {
                endpoint(visit, endpoints);
                expression(visit, expressions, endpoints);
                references.check(visit);
                fallback(visit, fallbacks);
                call(visit, calls);
                balancers.add(visit);
                formats.check(visit);
            }
            routes.check(visit);
        }
        visits.stream().filter(visit -> visit.model().equals("SetPropertyDefinition")).forEach(names::set);
        routes.complete(files);
        calls.complete();
        balancers.complete(calls);
    }

    private static void endpoint(Visit visit, EndpointCheck endpoints) {
        if (SENDING.contains(visit.model())) {
            visit.textOrShort("uri").ifPresent(uri -> endpoints.check(visit, uri, false));
        } else if (BEGINNING.contains(visit.model())) {
            visit.textOrShort("uri").ifPresent(uri -> endpoints.check(visit, uri, true));
        } else {
            Entries.at(visit.node(), "deadLetterUri").filter(uri -> YamlText.text(uri) != null)
                    .ifPresent(uri -> endpoints.check(visit, uri, false));
        }
    }

    private static void call(Visit visit, CallCheck calls) {
        if (BEGINNING.contains(visit.model())) {
            visit.textOrShort("uri").ifPresent(uri -> calls.begin(visit, uri));
        } else if (SENDING.contains(visit.model())) {
            visit.textOrShort("uri").ifPresent(uri -> calls.send(visit, uri));
        }
    }

    private static void fallback(Visit visit, FallbackCheck fallbacks) {
        if (visit.model().equals("LoadBalanceDefinition")) {
            fallbacks.checkChildren(visit);
        } else if (SENDING.contains(visit.model())) {
            visit.textOrShort("uri").ifPresent(uri -> fallbacks.checkStep(visit, uri));
        }
    }

    private void expression(Visit visit, ExpressionCheck expressions, EndpointCheck endpoints) {
        Place place = visit.place();
        if (visit.model().endsWith("Expression")) {
            String language = visit.model().equals("LanguageExpression") ? Entries.text(visit.node(), "language").orElse("") : place.step();
            visit.textOrShort("expression").ifPresent(text -> {
                expressions.check(place, text, language, ExpressionCheck.isCondition(place));
                called(place, text, language, endpoints);
            });
        } else if (visit.model().equals("LogDefinition")) {
            visit.textOrShort("message").ifPresent(text -> expressions.check(place, text, "simple", false));
        } else if (visit.model().equals("ToDynamicDefinition")) {
            visit.textOrShort("uri").filter(uri -> YamlText.text(uri).contains("${"))
                    .ifPresent(uri -> expressions.check(place, uri, "simple", false));
        } else if (NAMED.contains(visit.model())) {
            Entries.at(visit.node(), "name").filter(name -> String.valueOf(YamlText.text(name)).contains("${"))
                    .ifPresent(name -> expressions.check(place, name, "simple", false));
        }
    }

    private static void called(Place place, Node text, String language, EndpointCheck endpoints) {
        String uris = YamlText.text(text);
        boolean isFixed = language.equals("constant") || language.equals("simple");
        if (isFixed && CALLING.contains(String.valueOf(place.holder())) && !uris.contains("${") && !uris.contains("{{")) {
            for (String uri : uris.split(",")) {
                endpoints.checkText(place, text, uri.strip());
            }
        }
    }
}
