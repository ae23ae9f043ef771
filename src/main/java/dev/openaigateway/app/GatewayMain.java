package dev.openaigateway.app;

import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;

/** Camel's standalone application, as the gateway needs it. */
final class GatewayMain extends Main {

    /** Inside Maven the gateway is not on the system's class path, where Camel would look for {@link GatewayPlugin}. */
    @Override
    protected CamelContext createCamelContext() {
        CamelContext context = super.createCamelContext();
        context.setApplicationContextClassLoader(Gateway.class.getClassLoader());
        return context;
    }

    /** Camel would read every route file once more, to look for properties in them that ours do not have. */
    @Override
    protected void modelineRoutes(CamelContext context) {
    }
}
