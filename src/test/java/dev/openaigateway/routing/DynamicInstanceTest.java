package dev.openaigateway.routing;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/** A rule takes the name of the instance from the request. */
@GatewayTest
class DynamicInstanceTest {

    private static final String RULES = """
            - route:
                id: routing
                from:
                  uri: direct:routing
                  steps:
                    - toD: "instance:${header.x-instance}"
            """;

    @Test
    void shouldReportAnUnknownInstanceAsAFailureOfTheRule() {
        try (CapturedLog log = new CapturedLog();
             ScriptedUpstream east = ScriptedUpstream.start();
             TestGateway gateway = TestGateway.builder().folder(GatewayFolder.copy().rules(RULES).path()).settings(
                     "instances:\n  - { name: east, provider_type: generic, api_key: k, api_base: \"" + east.uri() + "\" }\n").start()) {
            assertThat(gateway.chat("gpt-4o", "x-instance", "east").statusCode()).isEqualTo(200);

            HttpResponse<String> failed = gateway.chat("gpt-4o", "x-instance", "esat");

            assertThat(failed.statusCode()).isEqualTo(500);
            assertThat(failed.body()).contains("rule_error", "'esat'");
            assertThat(gateway.send(validate(gateway, RULES)).statusCode()).isEqualTo(200);
            HttpResponse<String> refused = gateway.send(validate(gateway, RULES.replace("toD:", "toDD:")));
            assertThat(refused.statusCode()).isEqualTo(400);
            assertThat(refused.body()).contains("request:6:11", "\"nearest\":\"toD\"");
            Eventually.holds("an alert", () -> !log.linesWith("answered with rule_error").isEmpty());
            assertThat(log.linesWith("answered with rule_error")).singleElement().asString().contains("'routing:6'", "'esat'");
        }
    }

    private static HttpRequest.Builder validate(TestGateway gateway, String rules) {
        return HttpRequest.newBuilder(URI.create(gateway.url("/config/validate"))).header("Content-Type", "text/yaml")
                .POST(HttpRequest.BodyPublishers.ofString(rules));
    }
}
