package dev.openaigateway.rules;

import dev.openaigateway.guard.ForeignCode;
import dev.openaigateway.guard.ForeignCodeException;
import dev.openaigateway.problem.RootCause;
import dev.openaigateway.rules.classes.DataFormatCheck;
import dev.openaigateway.rules.classes.ReferenceCheck;
import dev.openaigateway.rules.classes.SagaCheck;
import dev.openaigateway.rules.names.CheckScope;
import dev.openaigateway.rules.names.DeclaredNames;
import dev.openaigateway.rules.names.NameCheck;
import dev.openaigateway.rules.names.RouteTemplates;
import dev.openaigateway.rules.names.TemplateCheck;
import dev.openaigateway.rules.names.TemplateInstanceCheck;
import dev.openaigateway.rules.routes.BalancerCheck;
import dev.openaigateway.rules.routes.CallCheck;
import dev.openaigateway.rules.routes.ClientChosenEndpointCheck;
import dev.openaigateway.rules.routes.ComputedCodeCheck;
import dev.openaigateway.rules.routes.EventRouteCheck;
import dev.openaigateway.rules.routes.FallbackCheck;
import dev.openaigateway.rules.routes.KeptNamesCheck;
import dev.openaigateway.rules.routes.OmittedRouteCheck;
import dev.openaigateway.rules.routes.RatioCheck;
import dev.openaigateway.rules.routes.RouteCheck;
import dev.openaigateway.rules.routes.SequenceCheck;
import dev.openaigateway.rules.values.CharsetCheck;
import dev.openaigateway.rules.values.ValueCheck;
import dev.openaigateway.rules.yaml.NodeCheck;
import dev.openaigateway.rules.yaml.Problems;
import dev.openaigateway.rules.yaml.RulesText;
import dev.openaigateway.rules.yaml.VisitedNode;
import org.apache.camel.CamelContext;

import java.util.List;

/** Passes each node of the files to all checks. Used for one check of files. */
final class RulesVisitor {

    private record Pass(List<NodeCheck> checks, List<VisitedNode> nodes) {
    }

    private final CamelContext context;
    private final CheckContext surroundings;
    private final Problems problems;

    RulesVisitor(CamelContext context, CheckContext surroundings, Problems problems) {
        this.context = context;
        this.surroundings = surroundings;
        this.problems = problems;
    }

    /** @param running the nodes without disabled steps, for checks of what requests do */
    void check(List<RulesText> files, List<VisitedNode> visits, List<VisitedNode> running) {
        RouteTemplates templates = new RouteTemplates(visits);
        DeclaredNames declared = new DeclaredNames(surroundings.routes(), surroundings.configurations());
        declared.add(visits, templates);
        declared.resolve(context);
        CheckScope scope = new CheckScope(context, surroundings.settings(), surroundings.formerBeans(), declared, problems);
        NameCheck names = new NameCheck(declared, problems);
        List<Pass> passes = List.of(
                new Pass(ofUser(scope, names, templates), own(visits)),
                new Pass(ofRunning(scope), own(running)),
                new Pass(List.of(names, new RouteCheck(files, scope)), visits),
                new Pass(List.of(new SequenceCheck(problems)), running));
        passes.forEach(pass -> pass.nodes().forEach(visit -> check(visit, pass.checks())));
        passes.forEach(pass -> pass.checks().forEach(NodeCheck::complete));
    }

    private static List<VisitedNode> own(List<VisitedNode> visits) {
        return visits.stream().filter(visit -> !visit.location().file().shipped()).toList();
    }

    /** The checks that get the nodes of the user's files only. Others compare these files with those in the jar. */
    private List<NodeCheck> ofUser(CheckScope scope, NameCheck names, RouteTemplates templates) {
        ComponentCatalog components = new ComponentCatalog(context);
        ExpressionCheck expressions = new ExpressionCheck(scope, components, names);
        return List.of(
                new ExpressionNodes(expressions),
                new EndpointNodes(new EndpointCheck(scope, components, names, expressions)),
                new ReferenceCheck(scope),
                new RatioCheck(scope),
                new DataFormatCheck(context, problems),
                new SagaCheck(scope),
                new ValueCheck(step -> components.catalog().eipModel(step), problems),
                new CharsetCheck(problems),
                new TemplateCheck(surroundings.templates(), templates, problems),
                new TemplateInstanceCheck(surroundings.settings(), templates, problems));
    }

    /** The checks of what requests do, so they get no disabled steps. */
    private List<NodeCheck> ofRunning(CheckScope scope) {
        CallCheck calls = new CallCheck(problems);
        return List.of(new FallbackCheck(problems), calls, new BalancerCheck(scope, calls), new ModelCheck(scope), new EventRouteCheck(problems),
                new OmittedRouteCheck(context, problems), new ClientChosenEndpointCheck(problems), new ComputedCodeCheck(problems),
                new KeptNamesCheck(problems));
    }

    /** A check asks classes and components that may come from a jar in {@code ext}. */
    private void check(VisitedNode visit, List<NodeCheck> checks) {
        try {
            ForeignCode.run(() -> checks.forEach(check -> check.check(visit)));
        } catch (ForeignCodeException e) {
            problems.at(visit.location(), visit.node()).says("has '" + visit.location().step() + "'")
                    .because("which cannot be checked: " + RootCause.message(e));
        }
    }
}
