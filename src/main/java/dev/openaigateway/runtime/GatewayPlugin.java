package dev.openaigateway.runtime;

import dev.openaigateway.config.Environment;
import dev.openaigateway.config.InvalidSettingsException;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the gateway into any Camel context that has it on its class path: the one that {@link Gateway} starts, and the
 * one of Camel JBang. Camel finds it as a service.
 */
public final class GatewayPlugin implements ContextServicePlugin {

    private static final Logger LOG = LoggerFactory.getLogger("dev.openaigateway");

    /** Under this name the registry holds why the gateway cannot start: what is thrown from here, Camel only logs. */
    static final String FAILURE = "gatewayFailure";

    @Override
    public void load(CamelContext context) {
        Environment bound = context.getRegistry().findSingleByType(Environment.class);
        try {
            new Assembly(context, bound == null ? Environment.system() : bound).install();
        } catch (InvalidSettingsException e) {
            LOG.error("The gateway cannot start: {}", e.getMessage());
            context.getRegistry().bind(FAILURE, new StartupException(e.getMessage(), true));
        }
    }
}
