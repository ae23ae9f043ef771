package dev.openaigateway.app;

import org.apache.camel.CamelContext;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.main.SimpleMainShutdownStrategy;

import java.nio.file.Path;

/** A gateway that does not see the variables and system properties of the process, by which operators set up the other gateway in it. */
final class IsolatedMain extends GatewayMain {

    /** @param home a folder that does not exist */
    IsolatedMain(Path home) {
        super(home);
        // The default one would hold this gateway until the process ends, in a shutdown hook.
        setShutdownStrategy(new SimpleMainShutdownStrategy());
        configure().setAutoConfigurationEnvironmentVariablesEnabled(false);
        configure().setAutoConfigurationSystemPropertiesEnabled(false);
    }

    @Override
    protected CamelContext createCamelContext() {
        CamelContext context = super.createCamelContext();
        PropertiesComponent properties = (PropertiesComponent) context.getPropertiesComponent();
        properties.setEnvironmentVariableMode(PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_NEVER);
        properties.setSystemPropertiesMode(PropertiesComponent.SYSTEM_PROPERTIES_MODE_NEVER);
        return context;
    }
}
