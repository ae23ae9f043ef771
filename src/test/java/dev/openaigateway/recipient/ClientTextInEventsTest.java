package dev.openaigateway.recipient;

import dev.openaigateway.support.CapturedLog;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.Test;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

import static org.assertj.core.api.Assertions.assertThat;

/** A sink whose endpoint has a text of a client. */
@GatewayTest
class ClientTextInEventsTest {

    private static final String EVENTS = """
            - route:
                id: usage
                routeConfigurationId: sinks
                from:
                  uri: seda:usage
                  parameters: { queue: "#bean:usageQueue", pollTimeout: 100 }
                  steps:
                    - toD: "%s/usage?agent=${body[user_agent]}&httpMethod=GET"
            - route: { id: alert, from: { uri: "seda:alert", parameters: { queue: "#bean:alertQueue" }, steps: [ { stop: {} } ] } }
            - routeConfiguration:
                id: sinks
                onException:
                  - onException:
                      exception: [ java.lang.Exception ]
                      handled: { constant: "true" }
                      steps: [ { process: { ref: sinkFailureCounter } } ]
            """;

    @Test
    void shouldDeliverTheTextAndCountWhatIsRefused() {
        try (ScriptedUpstream east = ScriptedUpstream.start(); ScriptedUpstream sink = ScriptedUpstream.start().respond(Reply.json(200, "{}"));
             CapturedLog log = new CapturedLog();
             TestGateway gateway = TestGateway.builder()
                     .folder(GatewayFolder.copy().write("routes/events.camel.yaml", EVENTS.formatted(sink.uri())).path())
                     .settings("instances: [ { name: east, provider_type: generic, api_key: k, api_base: \"%s\" } ]".formatted(east.uri())).start()) {
            gateway.chat("gpt-4o", "User-Agent", "a+b&c #1 100%");
            gateway.chat("gpt-4o", "User-Agent", "{{secret.word}}");

            Eventually.holds("one is refused", () -> gateway.metric("gateway_events_failed_total") == 1);
            assertThat(sink.requests()).singleElement().satisfies(request ->
                    assertThat(URLDecoder.decode(request.target(), StandardCharsets.UTF_8)).isEqualTo("/usage?agent=a+b&c #1 100%"));
            assertThat(log.linesWith("could not deliver an event")).hasSize(1);
        }
    }
}
