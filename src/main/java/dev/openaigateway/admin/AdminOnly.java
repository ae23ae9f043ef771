package dev.openaigateway.admin;

import dev.openaigateway.config.LiveSettings.Derived;
import dev.openaigateway.openai.BodyTypes;
import dev.openaigateway.openai.Errors;
import dev.openaigateway.openai.HttpErrors;
import dev.openaigateway.security.AdminAccess.Decision;
import dev.openaigateway.security.AdminAdmission;
import dev.openaigateway.security.ClientAddress;
import dev.openaigateway.security.UntrustedProxies;
import dev.openaigateway.server.RequestHeaders;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;

/**
 * Admits administrators to an endpoint, and the monitor token to one that changes nothing; 401 or 403 for others. Thread-safe.
 */
public final class AdminOnly implements Processor {

    private final AdminAdmission admission;
    private final Derived<ClientAddress> address;
    private final UntrustedProxies proxies;
    private final boolean changesNothing;

    /** @param changesNothing whether no method of the endpoint changes anything; if not, only GET does not */
    public AdminOnly(AdminAdmission admission, Derived<ClientAddress> address, UntrustedProxies proxies, boolean changesNothing) {
        this.changesNothing = changesNothing;
        this.proxies = proxies;
        this.admission = admission;
        this.address = address;
    }

    @Override
    public void process(Exchange exchange) {
        HttpServerRequest request = AdminRequest.of(exchange).http();
        RequestHeaders headers = new RequestHeaders(request);
        String peer = request.remoteAddress().hostAddress();
        String client = address.get().resolve(peer, request.headers()::getAll);
        AdminAdmission.Admission result = admission.decide(headers, peer, client);
        result.blocked().ifPresent(wait -> {
            throw Errors.addressBlocked(wait).exception();
        });
        Decision decision = result.access();
        if (decision == Decision.WRONG_TOKEN) {
            proxies.wrongKey(headers, peer, client);
        }
        if (decision == Decision.FOREIGN_ORIGIN) {
            throw HttpErrors.foreignOrigin(true).exception();
        }
        if (!decision.mayRead()) {
            throw Errors.adminOnly(decision != Decision.LOCAL_ONLY).exception();
        }
        if (decision == Decision.READ_ONLY) {
            exchange.setProperty(AdminRequest.READ_ONLY, true);
        }
        if (!result.isGranted(!changesNothing && request.method() != HttpMethod.GET && request.method() != HttpMethod.HEAD)) {
            throw Errors.readOnlyToken().exception();
        }
        if (request.method() != HttpMethod.GET) {
            BodyTypes.problemOfOperator(request.getHeader(HttpHeaders.CONTENT_TYPE)).ifPresent(problem -> {
                throw problem.exception();
            });
        }
    }
}
