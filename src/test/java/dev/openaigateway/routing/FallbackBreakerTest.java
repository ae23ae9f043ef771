package dev.openaigateway.routing;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** A fallback comes before an instance whose breaker is open. */
@GatewayTest
class FallbackBreakerTest {

    @Test
    void shouldAskTheOtherModelBeforeInstancesWhoseBreakersAreOpen() {
        try (FallbackGateway fallback = new FallbackGateway("breaker: { window: 4, minimum_calls: 4, probes: 1 }",
                "provider_type: generic, supported_models: [gpt-4o-mini]", "error")) {
            fallback.largeRespond(Reply.error(500, "boom", "boom"));
            for (String only : List.of("east", "west")) {
                List.of("east", "west").forEach(name -> fallback.gateway.put("/admin/instances/" + name + "/config",
                        "{\"enabled\": " + name.equals(only) + "}"));
                for (int i = 0; i < 4; i++) {
                    chat(fallback);
                }
            }
            fallback.gateway.put("/admin/instances/east/config", "{\"enabled\": true}");

            HttpResponse<String> served = chat(fallback);
            assertThat(served.headers().firstValue("x-gateway-instance")).hasValue("small");
            assertThat(served.headers().firstValue("x-gateway-attempts")).hasValue("1");

            fallback.small.respond(Reply.error(500, "boom", "boom"));
            fallback.largeRespond(Reply.chat("back"));
            HttpResponse<String> last = chat(fallback);
            assertThat(last.headers().firstValue("x-gateway-instance")).hasValue("east");
            assertThat(last.statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> chat(FallbackGateway fallback) {
        return fallback.gateway.chat("gpt-4o", "x-rule", "error");
    }
}
