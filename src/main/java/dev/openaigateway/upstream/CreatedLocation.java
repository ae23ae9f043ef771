package dev.openaigateway.upstream;

import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.openai.body.PassedRequest;
import org.apache.camel.Message;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The header {@code location} of a response: where the client finds what its request has created. It may name the upstream's host. */
final class CreatedLocation {

    private static final String NAME = "location";
    private static final String AUTHORITY = "^(?:[a-z][a-z0-9+.-]*:)?//[^/?#]*";

    private CreatedLocation() {
    }

    /** Replaces the address by the path at the gateway. Removes one that is not below the path of the request. */
    static void translate(Message response, PassedRequest request) {
        Object value = response.getHeader(NAME);
        if (value != null) {
            String path = String.valueOf(value).replaceFirst(AUTHORITY, "");
            Matcher below = Pattern.compile("^/(?:[^?#]*/)?" + Pattern.quote(request.path()) + "/([A-Za-z0-9_.~:@=+-]{1,256})(?:[?#].*)?$").matcher(path);
            response.removeHeader(NAME);
            if (below.matches()) {
                response.setHeader(NAME, ClientPaths.OPENAI + request.path() + "/" + below.group(1));
            }
        }
    }
}
