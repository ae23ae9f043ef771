package dev.openaigateway.faults;

import dev.openaigateway.call.memory.MemoryBudget;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Lists of passed paths for which the gateway has no memory: its own fault, and not that of the upstream. */
@GatewayTest
class PassedMemoryTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final AtomicLong limit = new AtomicLong(1 << 20);
    private final TestGateway gateway = TestGateway.builder().bean("budget", new MemoryBudget(limit::get, null)).settings("""
            clients: { keys: [{ name: alice, key: key-a }] }
            admin: { token: secret-token }
            instances:
              - { name: first, provider_type: generic, api_base: "%s", passthrough: ["*"] }
              - { name: second, provider_type: generic, api_base: "%s", passthrough: ["*"] }
            """.formatted(upstream.uri(), upstream.uri())).start();

    @AfterEach
    void stop() {
        Eventually.holds("no memory is held", () -> gateway.metric("gateway_memory_held_bytes", TwoInstances.ADMIN) == 0);
        gateway.close();
        upstream.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/files", "/v1/evals"})
    void shouldBeOverloadedWhereAListDoesNotFit(String path) {
        upstream.respond(Reply.json(200, list(2_000_000)));

        HttpResponse<String> refused = gateway.get(path, "api-key", "key-a");

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.body()).contains("\"code\":\"gateway_overloaded\"");
        assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
        assertThat(upstream.requests()).as("another instance has the same list").hasSize(1);
        assertThat(gateway.get("/admin/instances", TwoInstances.ADMIN).body()).contains("\"error_count\":0").doesNotContainPattern("\"error_count\":[1-9]");
        limit.set(128 << 20);
        assertThat(gateway.get(path, "api-key", "key-a").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldBlameTheUpstreamForAListThatIsTooLong() {
        limit.set(128 << 20);
        upstream.respond(Reply.json(200, list(9_000_000)));

        HttpResponse<String> refused = gateway.get("/v1/files", "api-key", "key-a");

        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body()).contains("a list too long to be read");
    }

    private static String list(int bytes) {
        return IntStream.range(0, bytes / 1_000).mapToObj(i -> "{\"id\":\"file-" + i + "\",\"filename\":\"" + "x".repeat(1_000) + "\"}")
                .collect(Collectors.joining(",", "{\"object\":\"list\",\"data\":[", "]}"));
    }
}
