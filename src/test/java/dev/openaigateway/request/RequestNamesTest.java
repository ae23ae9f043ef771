package dev.openaigateway.request;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RequestNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"Authorization", "api-key", "Cookie", "proxy-authorization", "X-Admin-Token", "Host", "Content-Length",
        "transfer-encoding", "Upgrade", "Content-Type", "x-api-key", "CamelHttpUri"})
    void shouldRefuseHeadersThatRulesMustNotSet(String name) {
        assertThatThrownBy(() -> RequestNames.header(name)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'request:header' cannot set \"" + name + "\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x team", "x:team", "x-team\r\nhost"})
    void shouldRefuseWhatIsNoName(String name) {
        assertThatThrownBy(() -> RequestNames.header(name)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("which is not the name of a header.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x-team", "OpenAI-Organization", "anthropic-beta"})
    void shouldAcceptOthers(String name) {
        assertThat(RequestNames.header(name)).isEqualTo(name);
    }
}
