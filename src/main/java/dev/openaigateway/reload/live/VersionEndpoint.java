package dev.openaigateway.reload.live;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectEndpoint;

/** The endpoint that a route of one version begins with. */
final class VersionEndpoint extends DirectEndpoint {

    private volatile boolean errorHandler;

    VersionEndpoint(String uri, DirectComponent component) {
        super(uri, component);
    }

    /** Says that the route has an error handler, which may leave failures to the caller of the route. */
    void setErrorHandler() {
        errorHandler = true;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Processor route = new CallDepthLimit(processor);
        return super.createConsumer(errorHandler ? new CallerErrorHandling(route) : route);
    }
}
