package dev.openaigateway.faults;

import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** Instances that fail for a long time: breakers open, and retries do not multiply the load. */
class StormTest extends TwoInstances {

    @Override
    String settings() {
        return """
                breaker: { minimum_calls: 10000, window: 10000, open_for: 30, probes: 2 }
                instances:
                  - { name: first, provider_type: generic, api_base: "%1$s", priority: 1, supported_models: [gpt-4o], breaker: { minimum_calls: 5, window: 10 } }
                  - { name: second, provider_type: generic, api_base: "%2$s", priority: 2, supported_models: [gpt-4o] }
                  - { name: third, provider_type: generic, api_base: "%1$s", priority: 1, supported_models: [storm] }
                  - { name: fourth, provider_type: generic, api_base: "%2$s", priority: 2, supported_models: [storm] }
                  - { name: down, provider_type: generic, api_base: "http://127.0.0.1:%3$d", supported_models: [down], breaker: { minimum_calls: 5, window: 10 } }
                """.formatted(first.uri(), second.uri(), ScriptedUpstream.refusedPort());
    }

    @Test
    void shouldReturn503WithoutHostsWhenAllConnectionsAreRefused() {
        for (int i = 0; i < 8; i++) {
            HttpResponse<String> response = gateway.chat("down");

            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).startsWith("{\"error\":{").doesNotContain("127.0.0.1");
            assertThat(response.headers().firstValueAsLong("x-gateway-attempts")).as("asked although its breaker is open, since no other is left").hasValue(1);
        }
    }

    @Test
    void shouldReturn502WithoutHostsWhenAllInstancesCloseTheirConnections() {
        first.respond(Reply.close());
        second.respond(Reply.close());

        HttpResponse<String> response = chat();

        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("\"attempts\"").doesNotContain("127.0.0.1", String.valueOf(first.port()));
    }

    @Test
    void shouldStopCallingAnInstanceThatFailsAndProbeItLater() {
        first.respond(Reply.error(500, "x", "boom"));
        for (int i = 0; i < 30; i++) {
            assertThat(instance(chat())).isEqualTo("second");
        }
        assertThat(requestsToFirst()).isLessThanOrEqualTo(10);

        int before = requestsToFirst();
        clock.advance(Duration.ofSeconds(31));
        for (int i = 0; i < 10; i++) {
            chat();
        }
        assertThat(requestsToFirst() - before).isEqualTo(2);

        first.respond(Reply.chat("well again"));
        clock.advance(Duration.ofSeconds(31));
        for (int i = 0; i < 2; i++) {
            assertThat(instance(chat())).isEqualTo("first");
        }
    }

    @Test
    void shouldBoundTheLoadThatRetriesAddToAFailingInstance() {
        first.respond(Reply.error(500, "x", "boom"));
        second.respond(Reply.error(500, "x", "boom"));
        for (int i = 0; i < 60; i++) {
            assertThat(gateway.chat("storm").statusCode()).isEqualTo(500);
        }

        assertThat(requestsToFirst()).isEqualTo(60);
        assertThat(requestsToSecond()).isEqualTo(20);
    }

    @Test
    void shouldNotLimitRetriesThatSucceed() {
        first.respond(Reply.error(500, "x", "boom"));
        for (int i = 0; i < 60; i++) {
            assertThat(gateway.chat("storm").statusCode()).isEqualTo(200);
        }
    }
}
