package dev.openaigateway.rules;

import dev.openaigateway.config.load.RootCause;
import dev.openaigateway.guard.ForeignAction;
import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.guard.ForeignCodeException;
import dev.openaigateway.rules.classes.ReferenceCheck;
import dev.openaigateway.rules.classes.SagaCheck;
import dev.openaigateway.rules.names.DeclaredNames;
import dev.openaigateway.rules.names.EndpointUri;
import dev.openaigateway.rules.names.NameCheck;
import dev.openaigateway.rules.names.RouteTemplates;
import dev.openaigateway.rules.names.TemplateCheck;
import dev.openaigateway.rules.names.TemplateInstances;
import dev.openaigateway.rules.routes.BalancerCheck;
import dev.openaigateway.rules.routes.CallCheck;
import dev.openaigateway.rules.routes.FallbackCheck;
import dev.openaigateway.rules.routes.RouteCheck;
import dev.openaigateway.rules.routes.SequenceCheck;
import dev.openaigateway.rules.yaml.Location;
import dev.openaigateway.routing.policy.Sticky;
import dev.openaigateway.rules.classes.DataFormatCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.rules.yaml.VisitedNode;
import dev.openaigateway.rules.yaml.YamlNodes;
import dev.openaigateway.rules.yaml.YamlText;
import org.apache.camel.CamelContext;
import org.snakeyaml.engine.v2.nodes.Node;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Hands each node of the files to the checks that concern it. Used for one check. */
final class RulesVisitor {

    /** Steps whose expression gives endpoints to call. */
    private static final Set<String> CALLING = Set.of("enrich", "pollEnrich", "recipientList", "routingSlip");
    /** Definitions with a name that is a simple expression. */
    private static final Set<String> NAMED = Set.of("SetHeaderDefinition", "SetPropertyDefinition", "SetVariableDefinition");

    private final CamelContext context;
    private final CheckContext surroundings;
    private final Problems problems;
    private final ComponentCatalog components;

    RulesVisitor(CamelContext context, CheckContext surroundings, Problems problems) {
        this.context = context;
        this.surroundings = surroundings;
        this.problems = problems;
        this.components = new ComponentCatalog(context);
    }

    void check(List<RulesText> files, List<VisitedNode> visits) {
        DeclaredNames declared = new DeclaredNames(surroundings.routes(), surroundings.configurations());
        RouteTemplates routeTemplates = new RouteTemplates(visits);
        TemplateCheck templates = new TemplateCheck(surroundings.templates(), routeTemplates, problems);
        declared.add(visits, routeTemplates);
        NameCheck names = new NameCheck(declared, problems);
        ExpressionCheck expressions = new ExpressionCheck(context, components, declared, names, problems);
        EndpointCheck endpoints = new EndpointCheck(context, components, surroundings.settings(), declared, names, expressions,
                problems);
        ReferenceCheck references = new ReferenceCheck(context, surroundings.formerBeans(), declared, problems);
        RouteCheck routes = new RouteCheck(this::isTaken, problems);
        FallbackCheck fallbacks = new FallbackCheck(problems);
        CallCheck calls = new CallCheck(problems);
        BalancerCheck balancers = new BalancerCheck(context, declared, problems);
        ModelCheck models = new ModelCheck(surroundings.settings(), problems);
        ValueCheck values = new ValueCheck(components, problems);
        SagaCheck sagas = new SagaCheck(context, declared, problems);
        DataFormatCheck formats = new DataFormatCheck(context, problems);
        declared.resolve(context);
        TemplateInstances instances = new TemplateInstances(surroundings.settings(), routeTemplates, problems);
        visits.stream().filter(visit -> !visit.location().file().shipped()).forEach(visit -> guarded(visit, () -> {
            endpoint(visit, endpoints);
            expression(visit, expressions, endpoints);
            references.check(visit);
            fallback(visit, fallbacks);
            call(visit, calls);
            balancers.add(visit);
            formats.check(visit);
            sagas.check(visit);
            values.check(visit);
            models.set(visit);
            if (visit.isTemplatedRoute()) {
                templates.check(visit);
                instances.check(visit);
            }
        }));
        visits.forEach(routes::check);
        visits.stream().filter(visit -> visit.setsProperty()).forEach(names::set);
        routes.complete(files, declared.begins().keySet());
        routes.completeEvents(targets(visits));
        calls.complete();
        balancers.complete(calls);
        new SequenceCheck(problems).check(visits);
    }

    /** A check asks classes and components that may come from a jar in {@code ext}. */
    private void guarded(VisitedNode visit, ForeignAction<RuntimeException> checks) {
        try {
            ForeignCode.run(checks);
        } catch (ForeignCodeException e) {
            problems.add(visit.location(), visit.node(), "has '" + visit.location().step() + "'", null, "which cannot be checked: " + RootCause.message(e));
        }
    }

    private boolean isTaken(String bean) {
        return !surroundings.formerBeans().contains(bean) && context.getRegistry().lookupByName(bean) != null;
    }

    private static Set<String> targets(List<VisitedNode> visits) {
        return visits.stream().filter(visit -> visit.isSend()).flatMap(visit -> visit.uri().stream())
                .map(uri -> EndpointUri.base(YamlText.text(uri))).filter(uri -> uri.startsWith("seda:")).collect(Collectors.toSet());
    }

    private static void endpoint(VisitedNode visit, EndpointCheck endpoints) {
        if (visit.isSend()) {
            visit.uri().ifPresent(uri -> endpoints.check(visit, uri, false));
        } else if (visit.isRouteInput()) {
            visit.uri().ifPresent(uri -> endpoints.check(visit, uri, true));
        } else {
            YamlNodes.at(visit.node(), "deadLetterUri").filter(uri -> YamlText.text(uri) != null)
                    .ifPresent(uri -> endpoints.check(visit, uri, false));
        }
    }

    private static void call(VisitedNode visit, CallCheck calls) {
        if (visit.isRouteInput()) {
            visit.uri().ifPresent(uri -> calls.begin(visit, uri));
        } else if (visit.isSend()) {
            visit.uri().ifPresent(uri -> calls.send(visit, uri));
        }
    }

    private static void fallback(VisitedNode visit, FallbackCheck fallbacks) {
        if (visit.isLoadBalance()) {
            fallbacks.checkChildren(visit);
        } else if (visit.isSend()) {
            visit.uri().ifPresent(uri -> fallbacks.checkStep(visit, uri));
        }
    }

    private void expression(VisitedNode visit, ExpressionCheck expressions, EndpointCheck endpoints) {
        Location location = visit.location();
        if (visit.model().endsWith("Expression")) {
            String language = visit.model().equals("LanguageExpression") ? YamlNodes.text(visit.node(), "language").orElse("") : location.step();
            visit.textOrShort("expression").ifPresent(text -> {
                expressions.check(location, text, language, ExpressionCheck.isCondition(location));
                called(location, text, language, endpoints);
            });
        } else if (visit.isBean() && YamlNodes.text(visit.node(), "type").orElse("").endsWith(Sticky.class.getName())) {
            YamlNodes.at(visit.node(), "properties", "key").filter(key -> YamlText.text(key) != null)
                    .ifPresent(key -> expressions.check(location, key, "simple", false));
        } else if (visit.model().equals("RouteDefinition")) {
            YamlNodes.at(visit.node(), "precondition").filter(text -> YamlText.text(text) != null).ifPresent(text -> expressions.precondition(location, text));
        } else if (visit.model().equals("LogDefinition") || visit.model().equals("ThrowExceptionDefinition")) {
            visit.textOrShort("message").ifPresent(text -> expressions.check(location, text, "simple", false));
        } else if (NAMED.contains(visit.model())) {
            YamlNodes.at(visit.node(), "name").filter(name -> String.valueOf(YamlText.text(name)).contains("${"))
                    .ifPresent(name -> expressions.check(location, name, "simple", false));
        }
    }

    private static void called(Location location, Node text, String language, EndpointCheck endpoints) {
        String uris = YamlText.text(text);
        boolean isFixed = language.equals("constant") || language.equals("simple");
        if (isFixed && CALLING.contains(String.valueOf(location.holder())) && !uris.contains("${") && !uris.contains("{{")) {
            for (String uri : uris.split(",")) {
                endpoints.checkText(location, text, uri.strip());
            }
        }
    }
}
