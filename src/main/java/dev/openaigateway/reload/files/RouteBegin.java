package dev.openaigateway.reload.files;

import dev.openaigateway.text.EndpointText;
import org.apache.camel.CamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.EndpointHelper;

/** What a route begins with, as Camel will read it: with the parameters of its template and the values of properties. */
public final class RouteBegin {

    private RouteBegin() {
    }

    /** Returns the URI; for {@code direct:} without options. With its placeholders as they are if one has no value, which is another problem. */
    public static String of(CamelContext context, RouteDefinition route) {
        String uri = route.getInput().getEndpointUri();
        try {
            return key(resolved(context, route, uri));
        } catch (Exception e) {
            return key(uri);
        }
    }

    /** Returns a URI of the route with the values of its placeholders. */
    public static String resolved(CamelContext context, RouteDefinition route, String uri) throws Exception {
        return uri.contains("{{")
                ? TemplateParameters.with(context, route, () -> EndpointHelper.resolveEndpointUriPropertyPlaceholders(context, uri)) : uri;
    }

    /** Returns the name of a {@code direct:} endpoint without its options, because a sender may have others. */
    public static String key(String uri) {
        return EndpointText.isDirect(uri) ? EndpointText.base(uri.replaceFirst("^direct:/*", "direct:")) : uri;
    }
}
