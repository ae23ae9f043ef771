package dev.openaigateway.reload.endpoint;

import dev.openaigateway.recipient.OwnEndpoints;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectComponent;
import org.apache.camel.component.direct.DirectEndpoint;

import java.util.Optional;

/** The endpoint that a route of one version begins with. It knows what the route may share with no other version. */
public final class VersionEndpoint extends DirectEndpoint implements OwnEndpoints {

    private final RunningExchanges running = new RunningExchanges();
    private final OwnEndpoints own;
    private volatile boolean errorHandler;

    VersionEndpoint(String uri, DirectComponent component, OwnEndpoints own) {
        super(uri, component);
        this.own = own;
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
    public boolean mayExist() {
        return own.mayExist();
    }

    @Override
    public boolean mayBeIn(String uri) {
        return own.mayBeIn(uri);
    }

    @Override
    public Optional<Endpoint> find(String uri) {
        return own.find(uri);
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Processor route = new CallDepthLimit(processor, running);
        return super.createConsumer(errorHandler ? new CallerErrorHandling(route) : route);
    }
}
