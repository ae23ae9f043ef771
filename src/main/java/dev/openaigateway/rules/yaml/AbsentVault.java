package dev.openaigateway.rules.yaml;

import dev.openaigateway.config.load.VaultFunctions;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;
import org.apache.camel.spi.PropertiesFunction;

/**
 * Stands in place of a function for placeholders whose library is absent. Camel takes <code>{{secret:bank/token}}</code> for a key
 * {@code secret} with the default {@code bank/token} then, and would send the name of the secret in its place. Thread-safe.
 */
public final class AbsentVault implements PropertiesFunction {

    private final CamelContext context;
    private final String name;

    private AbsentVault(CamelContext context, String name) {
        this.context = context;
        this.name = name;
    }

    /** Lets all placeholders fail whose vault has no library in this context, wherever Camel replaces them. */
    public static void install(CamelContext context) {
        PropertiesComponent properties = context.getPropertiesComponent();
        // Looked up by its resource, since a function is started when it is asked for, and may need a vault then.
        VaultFunctions.names().stream().filter(name -> context.getClassResolver().loadResourceAsURL(VaultFunctions.resource(name)) == null)
                .forEach(name -> properties.addPropertiesFunction(new AbsentVault(context, name)));
    }

    /** Whether a placeholder that begins with this name has no value; one of a property of this name has. */
    static boolean is(CamelContext context, String name) {
        PropertiesFunction function = context.getPropertiesComponent().getPropertiesFunction(name);
        return VaultFunctions.names().contains(name) && (function == null || function instanceof AbsentVault)
                && context.getPropertiesComponent().resolveProperty(name).isEmpty();
    }

    @Override
    public String getName() {
        return name;
    }

    /** @throws AbsentVaultException if there is no property of the function's name either */
    @Override
    public String apply(String argument) {
        return context.getPropertiesComponent().resolveProperty(name).orElseThrow(() -> new AbsentVaultException("{{" + name + ":" + argument + "}}",
                VaultFunctions.need(name).orElseThrow()));
    }
}
