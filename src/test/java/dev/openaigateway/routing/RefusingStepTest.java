package dev.openaigateway.routing;

import dev.openaigateway.openai.Errors;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class RefusingStepTest {

    private static final Processor REFUSING = exchange -> {
        if (Attempt.of(exchange).call().request().body().bytes().length < 80) {
            throw Errors.missing("more").exception();
        }
    };

    @Test
    void shouldReportWhatAStepRefusesAndBlameNoInstance() {
        GatewayFolder folder = GatewayFolder.copy().replaceStep("routes/instance.camel.yaml", "throttle", "refusing");
        try (Upstreams upstreams = new Upstreams("breaker: { window: 4, minimum_calls: 4 }",
                builder -> builder.folder(folder.path()).bean("refusing", REFUSING))) {
            for (int i = 0; i < 5; i++) {
                HttpResponse<String> response = upstreams.gateway.chat("gpt-4o");

                assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
                assertThat(response.body()).contains("Missing required parameter: 'more'.");
            }

            HttpResponse<String> served = upstreams.gateway.post("/v1/chat/completions",
                    "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"a longer one, which is let through\"}]}");
            assertThat(Upstreams.instance(served)).as("no breaker is open").isEqualTo("first");
        }
    }
}
