package dev.openaigateway.routing;

import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** The policies {@code leastBusy} and {@code fastest} over HTTP. {@code west} goes first if both instances are equal. */
@GatewayTest
class SpeedPoliciesTest {

    private final ScriptedUpstream west = ScriptedUpstream.start();
    private final ScriptedUpstream east = ScriptedUpstream.start();
    private TestGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
        west.close();
        east.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"least_busy", "leastBusy"})
    void leastBusyShouldAvoidAnInstanceWithACallInFlight(String strategy) throws Exception {
        start(strategy);
        Gate gate = new Gate();
        west.enqueue(gate.holding(Reply.chat("at last")));
        CompletableFuture<HttpResponse<String>> held = CompletableFuture.supplyAsync(() -> gateway.chat("gpt-4o"));
        west.awaitRequests(1);

        assertThat(Upstreams.instance(gateway.chat("gpt-4o"))).isEqualTo("east");
        assertThat(Upstreams.instance(gateway.chat("gpt-4o"))).isEqualTo("east");
        gate.open();
        assertThat(Upstreams.instance(held.get(10, TimeUnit.SECONDS))).isEqualTo("west");
        assertThat(Upstreams.instance(gateway.chat("gpt-4o"))).isEqualTo("west");
    }

    @Test
    void fastestShouldMeasureEachInstanceAndThenPreferTheFasterOne() {
        start("fastest");
        long begun = System.nanoTime();
        assertThat(Upstreams.instance(gateway.chat("gpt-4o"))).isEqualTo("west");
        long slower = 2 * (System.nanoTime() - begun) + Duration.ofMillis(400).toNanos();
        east.respond(pausing(slower));

        assertThat(Upstreams.instance(gateway.chat("gpt-4o"))).as("not measured yet").isEqualTo("east");
        assertThat(Upstreams.instance(gateway.chat("gpt-4o"))).isEqualTo("west");
        assertThat(Upstreams.instance(gateway.chat("gpt-4o"))).isEqualTo("west");
        assertThat(gateway.get("/admin/route?model=gpt-4o").body()).containsPattern("goes first \\(\\d+ ms to the first content\\)");

        assertThat(stream()).as("streams are measured apart").isEqualTo("west");
        assertThat(stream()).isEqualTo("east");
    }

    private String stream() {
        return Upstreams.instance(gateway.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"stream\":true}"));
    }

    private static Reply pausing(long nanos) {
        return (line, request) -> {
            long end = System.nanoTime() + nanos;
            while (System.nanoTime() < end) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
            Reply.chat("Hi").writeTo(line, request);
        };
    }

    private void start(String strategy) {
        gateway = TestGateway.start("""
                routing: { strategy: %s }
                instances:
                  - { name: west, provider_type: generic, api_base: "%s", priority: 1 }
                  - { name: east, provider_type: generic, api_base: "%s", priority: 2 }
                """.formatted(strategy, west.uri(), east.uri()));
    }
}
