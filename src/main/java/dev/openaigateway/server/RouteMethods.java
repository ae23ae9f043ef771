package dev.openaigateway.server;

import dev.openaigateway.openai.Operation;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;

import java.util.Set;
import java.util.TreeSet;

/** Finds the methods that a path has. Thread-safe. */
final class RouteMethods {

    private final Router router;

    RouteMethods(Router router) {
        this.router = router;
    }

    /** The methods of the most specific routes for the path, in alphabetical order; empty if it has none. */
    Set<String> of(String path) {
        Set<String> allowed = new TreeSet<>();
        int longest = 0;
        for (Route route : router.getRoutes()) {
            if (route.methods() != null && route.getPath() != null && matches(route, path) && route.getPath().length() >= longest) {
                if (route.getPath().length() > longest) {
                    longest = route.getPath().length();
                    allowed.clear();
                }
                route.methods().stream().map(HttpMethod::name).forEach(allowed::add);
            }
        }
        Set<String> ofObject = Operation.objectMethods(path);
        return ofObject.isEmpty() ? allowed : ofObject;
    }

    private static boolean matches(Route route, String path) {
        String pattern = route.getPath();
        if (pattern.contains(":")) {
            return path.matches(pattern.replaceAll(":[A-Za-z0-9_]+", "[^/]+").replace("*", ".*"));
        }
        return route.isExactPath() ? withoutSlash(path).equals(withoutSlash(pattern)) : path.startsWith(pattern);
    }

    private static String withoutSlash(String path) {
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
}
