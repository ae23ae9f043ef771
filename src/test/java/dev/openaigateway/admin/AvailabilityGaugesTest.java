package dev.openaigateway.admin;

import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

/** {@code gateway_instances_available} says what the documents about instances say. */
class AvailabilityGaugesTest extends OperatedGateway {

    @Override
    String settings() {
        return super.settings() + """
                  - { name: any, provider_type: generic, api_key: key-of-any, api_base: "%s", priority: 3 }
                """.formatted(west.uri());
    }

    @Test
    void shouldShowAnInstanceWhoseModelsAllHaveAnOpenBreaker() {
        assertThat(available("east", "")).isEqualTo(1);

        east.respond(Reply.error(500, "boom", "out of order"));
        for (int i = 0; i < 5; i++) {
            gateway.chat("gpt-4o");
        }

        assertThat(document("/admin/instances").at("/instances/0/status").asText()).isEqualTo("error");
        assertThat(document("/admin/instances").at("/instances/0/own_breaker").asText()).isEqualTo("closed");
        assertThat(available("east", "")).isZero();
        assertThat(available("east", "gpt-4o")).isZero();
        assertThat(available("west", "")).isEqualTo(1);
    }

    @Test
    void shouldSetAnInstanceApartThatIsSwitchedOff() {
        gateway.put("/admin/instances/east/config", "{\"enabled\": false}");
        bench(west);

        assertThat(document("/admin/instances").at("/instances/0/status").asText()).isEqualTo("disabled");
        assertThat(available("east", "")).isZero();
        assertThat(enabled("east")).as("so that no alert is raised for it").isZero();
        assertThat(available("west", "gpt-4o")).isZero();
        assertThat(enabled("west")).isEqualTo(1);
        assertThat(gateway.get("/metrics").body()).as("no model is missing there").doesNotContain("{instance=\"east\",model=\"gpt");
    }

    @Test
    void shouldShowTheModelsThatAnInstanceForAnyModelServes() {
        bench(Duration.ofMinutes(1));
        bench(west);

        assertThat(available("east", "gpt-4o")).isZero();
        assertThat(available("west", "gpt-4o")).isZero();
        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
        assertThat(available("any", "gpt-4o")).isEqualTo(1);
        assertThat(available("any", "gpt-4o-mini")).isEqualTo(1);
    }

    private void bench(ScriptedUpstream upstream) {
        upstream.enqueue(Reply.rateLimited("retry-after-ms", "60000"));
        gateway.chat("gpt-4o");
    }

    private double available(String instance, String model) {
        return gateway.metric("gateway_instances_available{instance=\"" + instance + "\",model=\"" + model + "\"}");
    }

    private double enabled(String instance) {
        return gateway.metric("gateway_instances_enabled{instance=\"" + instance + "\"}");
    }
}
