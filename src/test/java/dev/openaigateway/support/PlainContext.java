package dev.openaigateway.support;

import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.CliConnectorFactory;
import org.apache.camel.spi.ContextServiceLoaderPluginResolver;
import org.apache.camel.support.service.ServiceSupport;

/**
 * A Camel context without the gateway, which Camel would add to each context as a plugin, and without the connector of Camel's command line.
 * The connector's thread uses the context while it starts, and a context that starts is not thread-safe.
 */
public final class PlainContext extends DefaultCamelContext {

    private PlainContext() {
        super(false);
    }

    /** Returns a context that is built and not started. */
    public static DefaultCamelContext create() {
        PlainContext context = new PlainContext();
        context.build();
        context.getCamelContextExtension().getContextPlugin(CliConnectorFactory.class).setEnabled(false);
        return context;
    }

    @Override
    protected ContextServiceLoaderPluginResolver createContextServiceLoaderPlugin() {
        return new NoPlugins();
    }

    private static final class NoPlugins extends ServiceSupport implements ContextServiceLoaderPluginResolver {

        private CamelContext context;

        @Override
        public void setCamelContext(CamelContext context) {
            this.context = context;
        }

        @Override
        public CamelContext getCamelContext() {
            return context;
        }
    }
}
