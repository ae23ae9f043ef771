package dev.openaigateway.ratelimit;

import dev.openaigateway.ratelimit.LimitScope.Unit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Gateways of an earlier version share the windows of these keys. */
class LimitScopeTest {

    static Stream<Arguments> scopes() {
        return Stream.of(
                arguments(LimitScope.GATEWAY, "gateway", "gateway"),
                arguments(LimitScope.client("alice", Unit.TOKENS), "client:alice", "alice"),
                arguments(LimitScope.client("alice", Unit.REQUESTS), "client-requests:alice", "alice"),
                arguments(LimitScope.instance("east", null, Unit.TOKENS), "instance:east", "east"),
                arguments(LimitScope.instance("east", null, Unit.REQUESTS), "requests:instance:east", "east"),
                arguments(LimitScope.instance("east", "gpt-4o", Unit.TOKENS), "model:east:gpt-4o", "east/gpt-4o"),
                arguments(LimitScope.instance("east", "gpt-4o", Unit.REQUESTS), "requests:model:east:gpt-4o", "east/gpt-4o"));
    }

    @ParameterizedTest
    @MethodSource("scopes")
    void shouldKeepItsKey(LimitScope scope, String key, String name) {
        assertThat(scope.key()).isEqualTo(key);
        assertThat(scope.fullName()).isEqualTo(name);
    }
}
