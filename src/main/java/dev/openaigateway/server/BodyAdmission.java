package dev.openaigateway.server;

import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.openai.ClientPaths;
import dev.openaigateway.security.AdminAdmission;
import dev.openaigateway.security.AuthenticatorChain;
import dev.openaigateway.security.ClientAddress;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

import java.util.regex.Pattern;

/**
 * Decides whether the body of a request is read: its route needs it, and will admit the request. Counts no wrong keys: the route does
 * that when it refuses the request. Thread-safe.
 */
public final class BodyAdmission {

    /** What operators look at, and where they act without a body. Beside these, routes of an operator's own may begin with the same word. */
    private static final Pattern OPERATORS = Pattern.compile("GET /(?:(?:admin|config|dashboard|health|metrics|stats)(?:/.*)?)?|\\w+ /(?:admin/(?:instances|clients)|config)/.*");
    private static final Pattern CHANGES = Pattern.compile("PUT /admin/instances/[^/]+/config/?|POST /admin/clients/[^/]+/keys(?:/[^/]+/rotate)?/?|POST /config/validate/?");
    private static final Pattern QUESTIONS = Pattern.compile("POST /admin/route/?");

    private final AuthenticatorChain chain;
    private final Derived<ClientAddress> address;
    private final AdminAdmission operators;

    public BodyAdmission(AuthenticatorChain chain, Derived<ClientAddress> address, AdminAdmission operators) {
        this.chain = chain;
        this.address = address;
        this.operators = operators;
    }

    Reading of(RoutingContext ctx) {
        HttpServerRequest request = ctx.request();
        String path = ctx.normalizedPath();
        String peer = request.remoteAddress().hostAddress();
        String from = address.get().resolve(peer, request.headers()::getAll);
        if (ClientPaths.contain(path)) {
            boolean reads = request.method() != HttpMethod.GET || path.startsWith(ClientPaths.PASSED);
            return reads && chain.wouldAccept(request::getHeader, from) ? Reading.ADMITTED : Reading.NONE;
        }
        String line = request.method() + " " + path;
        boolean changes = CHANGES.matcher(line).matches();
        if (changes || QUESTIONS.matcher(line).matches()) {
            return operators.preview(new RequestHeaders(request), peer, from).isGranted(changes) ? Reading.ADMITTED : Reading.NONE;
        }
        return OPERATORS.matcher(line).matches() ? Reading.NONE : Reading.UNCHECKED;
    }
}
