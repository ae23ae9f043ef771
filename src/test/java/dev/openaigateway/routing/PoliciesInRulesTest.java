package dev.openaigateway.routing;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestClock;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Policies by their names in rules and settings. {@code east} accepts any model; both instances take 1000 tokens a minute. */
@GatewayTest
class PoliciesInRulesTest {

    private final ScriptedUpstream east = ScriptedUpstream.start();
    private final ScriptedUpstream west = ScriptedUpstream.start();
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        east.close();
        west.close();
    }

    @Test
    void roundRobinShouldTakeTurns() {
        start("roundRobin", "failover");

        assertThat(responses(4)).containsExactly("east", "west", "east", "west");
    }

    @Test
    void modelSpecificShouldPreferTheInstanceThatNamesTheModel() {
        start("modelSpecific", "failover");

        assertThat(responses(3)).containsOnly("west");
    }

    @ParameterizedTest
    @ValueSource(strings = {"leastLoaded, failover", "least-loaded, failover", "configured, least_loaded", "configured, leastLoaded",
        "composite, failover", "configured, composite"})
    void loadPoliciesShouldFollowTheTokensInUse(String names) {
        start(names.split(", ")[0], names.split(", ")[1]);
        east.respond(Reply.chat("Hi", 200, 100));
        west.respond(Reply.chat("Hi", 100, 100));

        assertThat(responses(5)).as("in use after each: 300 and 0, 300 and 200, 300 and 400, 600 and 400, 600 and 600")
                .containsExactly("east", "west", "west", "east", "west");
    }

    private void start(String ref, String strategy) {
        gateway = TestGateway.builder().clock(new TestClock()).folder(GatewayFolder.copy().rules(OneRoute.by(ref, "instance:*")).path()).settings("""
                routing: { strategy: %s, composite: { latency: 0, utilisation: 1, health: 1 } }
                rate_limit: { default_max_tokens: 10 }
                instances:
                  - { name: east, provider_type: generic, api_base: "%s", priority: 1, max_tpm: 1000 }
                  - { name: west, provider_type: generic, api_base: "%s", priority: 2, max_tpm: 1000, supported_models: [gpt-4o] }
                """.formatted(strategy, east.uri(), west.uri())).start();
    }

    /** The instances that responded; each request is settled before the next one. */
    private List<String> responses(int count) {
        return Stream.generate(() -> {
            String instance = Upstreams.instance(gateway.chat("gpt-4o"));
            Eventually.holds("the call is settled", () -> gateway.metric("gateway_reservations_open") == 0);
            return instance;
        }).limit(count).toList();
    }
}
