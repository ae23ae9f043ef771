package dev.openaigateway.app;

import dev.openaigateway.app.properties.JarProperties;
import dev.openaigateway.config.load.Environment;
import dev.openaigateway.problem.InvalidSettingsException;
import dev.openaigateway.reload.registry.BeanExpressions;
import dev.openaigateway.reload.registry.SharedRegistry;
import dev.openaigateway.rules.yaml.AbsentVault;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;

import java.util.ServiceConfigurationError;

/**
 * Adds the gateway to any Camel context that has it on its class path: the one that {@link Gateway} starts, and that of
 * the Camel CLI. Camel finds it as a service.
 */
public final class GatewayPlugin implements ContextServicePlugin {

    /** @throws ServiceConfigurationError if the settings are not valid; Camel would continue after an exception */
    @Override
    public void load(CamelContext context) {
        SharedRegistry.install(context);
        BeanExpressions.install(context);
        context.getPropertiesComponent().addPropertiesSource(new JarProperties());
        Environment bound = context.getRegistry().findSingleByType(Environment.class);
        Environment environment = bound == null ? Environment.system() : bound;
        ExtensionLoader.install(context, environment.workingDirectory());
        AbsentVault.install(context);
        try {
            new Wiring(context, environment).install();
        } catch (InvalidSettingsException e) {
            throw new ServiceConfigurationError(e.getMessage());
        }
    }
}
