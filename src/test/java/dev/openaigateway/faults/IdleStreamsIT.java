package dev.openaigateway.faults;

import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.Header;
import dev.openaigateway.support.Headers;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** More streams in silence than fit into the heap, open at once on a gateway in its own process. */
@ProcessTest
class IdleStreamsIT {

    private static final int STREAMS = Integer.getInteger("idle.streams", 450);
    private static final String HEAP = System.getProperty("idle.heap", "80m");

    @TempDir
    Path folder;

    @Test
    void shouldRefuseStreamsThatDoNotFitAndFinishTheOthers() throws Exception {
        Gate gate = new Gate();
        List<RawClient> running = new ArrayList<>();
        try (ScriptedUpstream upstream = ScriptedUpstream.start().respond(silentAfterContent(gate)); GatewayProcess gateway = start(upstream)) {
            int refused = 0;
            for (int i = 0; i < STREAMS; i++) {
                RawClient client = stream(gateway);
                RawResponse head = client.head();
                if (head.status() == 200) {
                    running.add(client);
                } else {
                    assertThat(head.status()).isEqualTo(503);
                    assertThat(head.header("retry-after")).isEqualTo("1");
                    client.close();
                    refused++;
                }
            }
            assertThat(refused).as("refused while %d ran", running.size()).isPositive();
            assertThat(gateway.get("/health")).contains("ok");

            gate.open();
            for (RawClient client : running) {
                assertThat(client.response().text()).contains("Hi", "data: [DONE]");
                client.close();
            }
            Eventually.holds("no memory is held", () -> gateway.get("/metrics").contains("gateway_memory_held_bytes 0.0"));
            assertThat(stream(gateway).response().text()).contains("data: [DONE]");
            assertThat(gateway.output()).noneMatch(line -> line.contains("OutOfMemoryError") || line.contains(" ERROR ") || line.startsWith("\tat "));
        }
    }

    private static Reply silentAfterContent(Gate gate) {
        return (line, request) -> {
            line.head(200, new Headers(List.of(new Header("Content-Type", "text/event-stream"), new Header("Transfer-Encoding", "chunked"))));
            line.chunk(event("{\"role\":\"assistant\",\"content\":\"Hi\"}", "null")).flush();
            gate.pass();
            line.chunk(event("{}", "\"stop\"")).chunk("data: [DONE]\n\n".getBytes(StandardCharsets.UTF_8)).lastChunk();
        };
    }

    private static byte[] event(String delta, String finish) {
        return ("data: {\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":"
                + delta + ",\"finish_reason\":" + finish + "}]}\n\n").getBytes(StandardCharsets.UTF_8);
    }

    private static RawClient stream(GatewayProcess gateway) {
        return RawClient.connect(gateway.port()).post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}");
    }

    private GatewayProcess start(ScriptedUpstream upstream) throws Exception {
        Path settings = Files.writeString(folder.resolve("instances.yaml"), """
                instances: [ { name: only, provider_type: generic, api_base: "%s", supported_models: [gpt-4o] } ]
                """.formatted(upstream.uri()));
        GatewayProcess gateway = GatewayProcess.start(folder, Checkout.gateway(settings, "-Xmx" + HEAP));
        gateway.await("Camel OpenAI Gateway serves");
        return gateway;
    }
}
