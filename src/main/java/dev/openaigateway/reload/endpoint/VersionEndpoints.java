package dev.openaigateway.reload.endpoint;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.URISupport;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The endpoints that the routes of one version begin with. They have the same URIs in every version, but only routes of
 * this version can send to them, because they are not in the context's registry. So several versions can run side by side.
 */
public final class VersionEndpoints extends DirectComponent {

    private final BeanEndpoints own;
    /** What routes of the version begin with, without options, because a sender may have others. */
    private final Set<String> begins = ConcurrentHashMap.newKeySet();

    /** @param own the other endpoints of this version alone */
    public VersionEndpoints(CamelContext context, BeanEndpoints own) {
        this.own = own;
        setCamelContext(context);
        ServiceHelper.startService(this);
    }

    /** The URI takes the form that it has in the context's registry. */
    @Override
    public Endpoint createEndpoint(String uri) throws Exception {
        return super.createEndpoint(URISupport.normalizeUri(uri));
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        DirectEndpoint endpoint = new VersionEndpoint(uri, this, own);
        setProperties(endpoint, parameters);
        return endpoint;
    }

    /** Returns an endpoint for a route that begins with this {@code direct:} URI. */
    public Endpoint begin(String uri) throws Exception {
        Endpoint endpoint = createEndpoint(uri);
        begins.add(withoutOptions(endpoint.getEndpointUri()));
        return endpoint;
    }

    /** Returns an endpoint that sends to the route which begins with this URI; empty if there is none. */
    public Optional<Endpoint> target(String uri) throws Exception {
        return begins.contains(withoutOptions(URISupport.normalizeUri(uri))) ? Optional.of(createEndpoint(uri)) : Optional.empty();
    }

    private static String withoutOptions(String uri) {
        return uri.replaceFirst("[?].*", "");
    }

    /** Returns an endpoint for a route whose messages come from another endpoint with this URI. */
    public Endpoint standIn(String uri) throws Exception {
        DirectEndpoint endpoint = new VersionEndpoint(URISupport.normalizeUri(uri), this, own);
        endpoint.setCamelContext(getCamelContext());
        ServiceHelper.startService(endpoint);
        return endpoint;
    }
}
