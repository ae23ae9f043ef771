package dev.openaigateway.rules;

import dev.openaigateway.rules.yaml.AbsentVault;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Placeholders of a vault whose library is absent, wherever Camel replaces them. */
class AbsentVaultTest {

    private final CamelContext context = CheckedRules.context();

    @Test
    void shouldFailWhereverCamelReplacesThePlaceholder() {
        context.getPropertiesComponent().addInitialProperty("bank.token", "{{azure:bank-token}}");
        AbsentVault.install(context);

        assertThatThrownBy(() -> context.resolvePropertyPlaceholders("a {{bank.token}}")).hasMessageContaining("{{azure:bank-token}} needs camel-azure-key-vault");
    }

    @Test
    void shouldGiveThePropertyOfTheFunctionsName() {
        context.getPropertiesComponent().addInitialProperty("secret", "own");
        AbsentVault.install(context);

        assertThat(context.resolvePropertyPlaceholders("{{secret:other}}")).isEqualTo("own");
    }

    @Test
    void shouldLeaveTheFunctionOfALibrary(@TempDir Path ext) throws Exception {
        Path service = ext.resolve("META-INF/services/org/apache/camel/properties-function/aws");
        Files.createDirectories(service.getParent());
        Files.writeString(service, "class=" + Vault.class.getName());
        context.setApplicationContextClassLoader(new URLClassLoader(new URL[] {ext.toUri().toURL()}, getClass().getClassLoader()));

        AbsentVault.install(context);

        assertThat(context.resolvePropertyPlaceholders("{{aws:bank}}")).isEqualTo("value of bank");
    }

    /** As a library in {@code ext} has one. */
    public static final class Vault implements PropertiesFunction {

        @Override
        public String getName() {
            return "aws";
        }

        @Override
        public String apply(String argument) {
            return "value of " + argument;
        }
    }
}
