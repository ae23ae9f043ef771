package dev.openaigateway.gateway;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class EarlyDisconnectTest {

    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch accepted = new CountDownLatch(1);

    @Test
    void shouldDetectAClientThatDisconnectsBeforeItsRequestIsAccepted() throws InterruptedException {
        GatewayFolder folder = GatewayFolder.copy().replaceStep("routes/gateway.camel.yaml", "accept", "acceptLate");
        try (ScriptedUpstream upstream = ScriptedUpstream.start().respond(Reply.stall());
                TestGateway gateway = TestGateway.builder().folder(folder.path()).bean("acceptLate", (Processor) this::acceptLate).settings(
                        "instances: [ { name: east, provider_type: generic, api_base: \"" + upstream.uri() + "\" } ]").start()) {
            RawClient client = RawClient.connect(gateway.port()).post("/v1/chat/completions", "{\"model\":\"gpt-4o\"}");
            waiting.await();

            client.abort();
            accepted.await();

            Eventually.holds("the request has ended", () -> gateway.metric("gateway_requests_in_flight") == 0);
            assertThat(gateway.get("/metrics").body()).contains("status=\"499\"");
        }
    }

    private void acceptLate(Exchange exchange) throws Exception {
        waiting.countDown();
        Eventually.holds("the connection is closed", () -> ClientRequest.message(exchange).getResponse().closed());
        exchange.getContext().getRegistry().lookupByNameAndType("accept", Processor.class).process(exchange);
        accepted.countDown();
    }
}
