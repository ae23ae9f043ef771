package dev.openaigateway.reload.files;

import org.apache.camel.model.RouteDefinition;

/** How problems name a route. */
public final class RoutePlace {

    /** What a problem says of an id; the other place follows. */
    public static final String TWICE = "has an id that is given twice; the other is in ";

    private RoutePlace() {
    }

    /** Returns file and line, such as {@code routes/routing.camel.yaml:12}. */
    public static String of(RouteDefinition route) {
        String file = route.getInput() == null ? null : route.getInput().getLocation();
        return file == null ? "a route" : file + (route.getInput().getLineNumber() > 0 ? ":" + route.getInput().getLineNumber() : "");
    }

    /** Returns {@code route 'ID'}; without an id in the file the name of what it begins with. */
    public static String subject(RouteDefinition route) {
        return "route '" + (route.hasCustomIdAssigned() ? route.getId() : RouteBegin.key(route.getInput().getEndpointUri())) + "'";
    }
}
