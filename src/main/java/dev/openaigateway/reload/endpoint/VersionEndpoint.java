package dev.openaigateway.reload.endpoint;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectEndpoint;

/** The endpoint that a route of one version begins with. */
public final class VersionEndpoint extends DirectEndpoint {

    private final RunningExchanges running = new RunningExchanges();
    private volatile boolean errorHandler;

    VersionEndpoint(String uri, DirectComponent component) {
        super(uri, component);
    }

    /** Says that the route has an error handler, which may leave failures to the caller of the route. */
    public void setErrorHandler() {
        errorHandler = true;
    }

    /** Returns the exchanges in the route. */
    RunningExchanges running() {
        return running;
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Processor route = new CallDepthLimit(processor, running);
        return super.createConsumer(errorHandler ? new CallerErrorHandling(route) : route);
    }
}
