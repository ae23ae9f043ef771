package dev.openaigateway.upstream;

import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RecordedRequest;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class UpstreamComponentTest {

    private final ScriptedUpstream other = ScriptedUpstream.start();
    private TestGateway gateway;

    private static TestGateway.Builder builder(String base) {
        return TestGateway.builder().settings("""
                instances: [ { name: one, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(base));
    }

    @AfterEach
    void stop() {
        gateway.close();
        other.close();
    }

    @Test
    void shouldReachAnUpstreamThroughAProxy() {
        gateway = builder("http://upstream.invalid").property("camel.component.upstream.proxy-host", "127.0.0.1")
                .property("camel.component.upstream.proxy-port", String.valueOf(other.port())).start();

        gateway.chat("gpt-4o");
        gateway.chat("gpt-4o");

        List<RecordedRequest> sent = other.awaitRequests(2);
        assertThat(sent).extracting(RecordedRequest::target).containsOnly("http://upstream.invalid/v1/chat/completions");
        assertThat(sent).extracting(request -> request.header("authorization")).containsOnly("Bearer k");
        assertThat(sent).extracting(RecordedRequest::connection).as("connection").containsOnly(1L);
    }

    @Test
    void shouldAuthenticateToAWebhookWithTheCredentialsInItsUrl() {
        ScriptedUpstream upstream = ScriptedUpstream.start();
        gateway = builder(upstream.uri()).property("events.webhook.enabled", "true")
                .property("events.webhook.url", other.uri().replace("http://", "http://us:secret@") + "/hook").start();

        gateway.chat("gpt-4o");

        assertThat(other.awaitRequests(1)).extracting(request -> request.header("authorization")).containsExactly("Basic dXM6c2VjcmV0");
        upstream.close();
    }

    /** By default Camel's component waits for the time in Retry-After and calls again. */
    @Test
    void shouldCallAWebhookOnce() {
        ScriptedUpstream upstream = ScriptedUpstream.start();
        gateway = builder(upstream.uri()).property("events.webhook.enabled", "true").property("events.webhook.url", other.uri()).start();
        other.enqueue(Reply.error(503, "busy", "busy").header("Retry-After", "0"));

        gateway.chat("first");
        other.awaitRequests(1);
        gateway.chat("second");

        assertThat(other.awaitRequests(2).get(1).text()).contains("\"second\"");
        upstream.close();
    }

    @Test
    void shouldLeavePlainUrlsToCamel() throws Exception {
        gateway = builder(other.uri()).start();

        assertThat(gateway.main().getCamelContext().getComponent("https").getClass().getName()).isEqualTo("org.apache.camel.component.http.HttpComponent");
        assertThat(gateway.main().getCamelContext().getEndpoint("upstream:https://host").createProducer()).isInstanceOf(UpstreamProducer.class);
    }
}
