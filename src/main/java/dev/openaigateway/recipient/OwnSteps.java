package dev.openaigateway.recipient;

import org.apache.camel.Endpoint;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.reifier.ProcessorReifier;

import java.util.Optional;

/** Makes steps that send to endpoints of the version of their route. A definition is a part of the model, so it is as before when its step is made. */
final class OwnSteps {

    private OwnSteps() {
    }

    /** Returns null if the step sends to a shared endpoint. */
    static Processor send(Route route, ToDefinition step, OwnEndpoints own) throws Exception {
        String uri = step.getUri();
        Optional<Endpoint> endpoint = uri == null || step.getEndpoint() != null || step.getEndpointProducerBuilder() != null
                ? Optional.empty() : own.find(uri);
        if (endpoint.isEmpty()) {
            return null;
        }
        step.setEndpoint(endpoint.get());
        try {
            return ProcessorReifier.reifier(route, step).createProcessor();
        } finally {
            step.setUri(uri);
        }
    }

    /** A {@code wireTap} would take the shared endpoint of a constant URI. */
    static Processor dynamic(Route route, ToDynamicDefinition step, OwnEndpoints own) throws Exception {
        String ignoring = step.getIgnoreInvalidEndpoint();
        String optimised = step.getAllowOptimisedComponents();
        try {
            if (PlainSteps.mayBeOwn(Optional.of(own), step.getUri())) {
                step.setAllowOptimisedComponents("false");
            }
            if (step instanceof WireTapDefinition && !DynamicUri.isComputed(route.getCamelContext(), step.getUri()) && own.find(step.getUri()).isPresent()) {
                step.setIgnoreInvalidEndpoint("true");
            }
            return ProcessorReifier.reifier(route, step).createProcessor();
        } finally {
            step.setIgnoreInvalidEndpoint(ignoring);
            step.setAllowOptimisedComponents(optimised);
        }
    }
}
