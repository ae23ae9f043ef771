package dev.openaigateway.explain;

import dev.openaigateway.explain.RuleStep.Place;
import org.apache.camel.NamedNode;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;

/** Finds the location of a step in the rules from its definition. */
final class StepLocation {

    /** Distinguishes versions of one rule; the file does not have it. */
    private static final String VERSION = "--\\d+$";
    private static final String FOLDER = "routes/";

    private StepLocation() {
    }

    static Place of(ProcessorDefinition<?> step) {
        RouteDefinition route = ProcessorDefinitionHelper.getRoute(step);
        String routeId = route == null ? null : inTheFile(route.getRouteId());
        String id = step.hasCustomIdAssigned() ? inTheFile(step.getId()) : null;
        return new Place(at(step), routeId, id, RuleNames.name(step), step.getShortName(), StepText.of(step), StepBranch.of(step));
    }

    /** The id of a route or a step as the file has it. */
    static String inTheFile(String id) {
        return id.replaceAll(VERSION, "");
    }

    /** File and line, such as {@code routing.camel.yaml:12} or {@code rules/team.camel.yaml:7}; null if unknown. */
    static String at(NamedNode step) {
        String location = step.getLocation();
        if (location == null) {
            return null;
        }
        int folder = location.lastIndexOf(FOLDER);
        String file = folder < 0 ? location.substring(location.lastIndexOf('/') + 1) : location.substring(folder + FOLDER.length());
        return step.getLineNumber() > 0 ? file + ":" + step.getLineNumber() : file;
    }
}
