package dev.openaigateway.explain;

import dev.openaigateway.recipient.OwnComponents;
import dev.openaigateway.text.EndpointText;
import dev.openaigateway.text.UriText;
import org.apache.camel.CamelContext;

import java.util.Set;
import java.util.regex.Pattern;

/** Where a step sends the exchange. */
final class Destination {

    /** Endpoints of Camel whose steps a dry run sees, or that only compute on the exchange. */
    private static final Set<String> LOCAL = Set.of("direct", "language", "dataformat");
    private static final Set<String> ONE_WAY = Set.of("kafka", "file", "ftp", "sftp", "paho-mqtt5", "nats");
    private static final Pattern USER = Pattern.compile("//[^/?#]*@");

    private Destination() {
    }

    /** Whether a dry run may send the exchange there. */
    static boolean isLocal(CamelContext context, String uri) {
        String scheme = EndpointText.scheme(uri);
        return OwnComponents.contain(scheme) || LOCAL.contains(scheme) || context.hasComponent(scheme) instanceof SafeInDryRun;
    }

    /** Whether nothing comes back, so that the body stays. */
    static boolean isOneWay(String uri, String pattern) {
        return "InOnly".equals(pattern) || ONE_WAY.contains(EndpointText.scheme(uri));
    }

    /** Leaves out the query, user and password, and the version in an endpoint of the rules. */
    static String withoutSecrets(String uri) {
        int options = uri.indexOf('?');
        String full = EndpointText.scheme(uri).equals("instance") || options < 0 ? UriText.written(uri) : uri.substring(0, options);
        // The endpoints of replaced routes are in Camel's long form.
        String base = EndpointText.isDirect(full) ? EndpointText.base(full) : full;
        return USER.matcher(base).replaceFirst("//").replaceAll("(?<=\\w)--\\d+$", "");
    }
}
