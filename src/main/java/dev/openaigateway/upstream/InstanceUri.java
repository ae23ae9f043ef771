package dev.openaigateway.upstream;

import dev.openaigateway.config.InstanceSelection;
import org.apache.camel.util.URISupport;

import java.net.URISyntaxException;
import java.util.Map;
import java.util.Objects;

/** Reads instance URIs as they stand in a rule, without an endpoint. */
public final class InstanceUri {

    private InstanceUri() {
    }

    /**
     * @param uri such as {@code instance:*?tag=eu}, or {@code instance://*?tag=eu} as Camel writes it
     * @throws IllegalArgumentException if it is not a valid instance URI
     */
    public static InstanceSelection selection(String uri) {
        String rest = uri.substring(InstanceComponent.SCHEME.length() + 1);
        int options = rest.indexOf('?');
        String name = (options < 0 ? rest : rest.substring(0, options)).replaceFirst("^/{1,2}", "");
        Map<String, Object> parameters = options < 0 ? Map.of() : parameters(rest.substring(options + 1));
        return InstanceSelection.of(name, text(parameters.get("tag")), text(parameters.get("exclude")));
    }

    private static Map<String, Object> parameters(String query) {
        try {
            return URISupport.parseQuery(query);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static String text(Object value) {
        return Objects.toString(value, null);
    }
}
