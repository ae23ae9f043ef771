package dev.openaigateway.app;

import dev.openaigateway.app.properties.ProfileProperties;
import dev.openaigateway.reload.live.LocatedRouteFactory;
import org.apache.camel.CamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.CliConnectorFactory;

import java.nio.file.Path;

/** Camel's standalone application, adapted to the gateway. */
class GatewayMain extends Main {

    private final Path home;

    /** @param home the folder that contains {@code ext} */
    GatewayMain(Path home) {
        this.home = home;
    }

    /** Uses the gateway's class loader: inside Maven, Camel's default one does not find {@link GatewayPlugin}. */
    @Override
    protected CamelContext createCamelContext() {
        CamelContext context = super.createCamelContext();
        context.setApplicationContextClassLoader(Gateway.class.getClassLoader());
        ExtensionLoader.install(context, home);
        return context;
    }

    /** Camel's command line sees the process only in the profile {@code dev}: its connector writes files each second. */
    @Override
    protected void postProcessCamelContext(CamelContext context) throws Exception {
        super.postProcessCamelContext(context);
        CliConnectorFactory connector = context.getCamelContextExtension().getContextPlugin(CliConnectorFactory.class);
        if (connector != null && !ProfileProperties.DEV.equals(context.getCamelContextExtension().getProfile())) {
            connector.setEnabled(false);
        }
    }

    /** Camel names the route that does not start, and no line of the rules. */
    @Override
    protected void doStart() throws Exception {
        try {
            super.doStart();
        } catch (Exception e) {
            throw LocatedRouteFactory.placed(getCamelContext(), e);
        }
    }

    /**
     * Does nothing. Camel would read every route file again, to look for modeline properties, which the gateway's files do not
     * have (benchmark row "start to first response").
     */
    @Override
    protected void modelineRoutes(CamelContext context) {
    }
}
