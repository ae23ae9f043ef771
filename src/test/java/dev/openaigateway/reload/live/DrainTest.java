package dev.openaigateway.reload.live;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.Processor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway that stops while a sink has not taken its last event. */
@GatewayTest
class DrainTest {

    private static final String FILE = "routes/events.camel.yaml";
    private static final String POST = "        - to:\n            id: usage-webhook-post";

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final GatewayFolder folder = GatewayFolder.copy();
    private final CountDownLatch taken = new CountDownLatch(1);
    private final Gate gate = new Gate();

    @AfterEach
    void stop() {
        upstream.close();
    }

    @Test
    void shouldShowTheRulesWhileTheLastEventIsDelivered() throws Exception {
        Processor sink = exchange -> {
            taken.countDown();
            gate.pass();
            exchange.setRouteStop(true);
        };
        String events = Files.readString(folder.path().resolve(FILE));
        folder.write(FILE, events.replace(POST, "        - process: { ref: sink }\n" + POST));
        TestGateway gateway = TestGateway.builder().folder(folder.path()).property("events.webhook.enabled", "true").bean("sink", sink)
                .settings("""
                        admin: { watch_files: false }
                        streams: { drain: 300 }
                        instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                        """.formatted(upstream.uri())).start();
        gateway.chat("gpt-4o");
        taken.await();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(gateway::close);
        Eventually.holds("the gateway waits for the sink", DrainTest::isDraining);

        CompletableFuture<HttpResponse<String>> rules = CompletableFuture.supplyAsync(() -> gateway.get("/admin/rules"), task -> new Thread(task).start());

        try {
            Eventually.holds("the rules are shown", rules::isDone);
            assertThat(rules.join().statusCode()).isEqualTo(200);
            assertThat(stopped).isNotDone();
        } finally {
            gate.open();
            stopped.join();
        }
    }

    private static boolean isDraining() {
        return Thread.getAllStackTraces().values().stream().flatMap(Arrays::stream)
                .anyMatch(frame -> frame.getClassName().equals(EntryPoint.class.getName()) && frame.getMethodName().equals("drain"));
    }
}
