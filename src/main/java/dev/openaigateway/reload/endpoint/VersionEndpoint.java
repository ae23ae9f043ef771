package dev.openaigateway.reload.endpoint;

import dev.openaigateway.recipient.OwnEndpoints;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.component.direct.DirectEndpoint;

import java.util.Optional;

/** The endpoint that a route of one version begins with. It knows what the route may share with no other version. */
public final class VersionEndpoint extends DirectEndpoint implements OwnEndpoints.Source {

    private final RunningExchanges running = new RunningExchanges();
    private final VersionEndpoints component;
    private final BeanEndpoints own;
    private volatile boolean errorHandler;

    VersionEndpoint(String uri, VersionEndpoints component, BeanEndpoints own) {
        super(uri, component);
        this.component = component;
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
    public Optional<OwnEndpoints> ofStep() {
        return own.ofStep();
    }

    @Override
    public Optional<OwnEndpoints> ofEnrich() {
        return Optional.of(new EnrichEndpoints(component, own.ofStep()));
    }

    @Override
    public Consumer createConsumer(Processor processor) throws Exception {
        Processor route = new CallDepthLimit(processor, running);
        return super.createConsumer(errorHandler ? new CallerErrorHandling(route) : route);
    }
}
