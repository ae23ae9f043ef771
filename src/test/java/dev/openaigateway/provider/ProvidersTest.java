package dev.openaigateway.provider;

import com.example.AcmeProvider;
import org.junit.jupiter.api.Test;

import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProvidersTest {

    @Test
    void shouldListTraitsByNameInOrder() {
        assertThat(new Providers(() -> Map.of("x", new OpenAiProvider(), "y", new AcmeProvider(), "z", new AzureProvider())).traits().keySet())
                .containsExactly("acme", "azure", "generic");
    }

    @Test
    void shouldRefuseTwoProvidersWithOneName() {
        assertThatThrownBy(() -> new Providers(() -> Map.of("one", new AcmeProvider(), "other", new AcmeProvider())).traits())
                .hasMessage("Two providers are named \"acme\".");
    }
}
