package dev.openaigateway.reload;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

@GatewayTest
class ReloadUnderLoadTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final AtomicBoolean over = new AtomicBoolean();
    private final List<Integer> failures = new ArrayList<>();
    private final AtomicInteger served = new AtomicInteger();
    private TestGateway gateway;

    private String settings(int timeout, boolean watch) {
        return """
                admin: { watch_files: %s }
                instances: [ { name: only, provider_type: generic, api_key: k, api_base: "%s", timeout: %d, weight: %d } ]
                """.formatted(watch, upstream.uri(), timeout, timeout);
    }

    @BeforeEach
    void startGateway() {
        gateway = TestGateway.start(settings(30, false));
    }

    @AfterEach
    void stopGateway() {
        gateway.close();
        upstream.close();
    }

    @Test
    void shouldFailNoRequestAndInterruptNoStreamDuringHundredReloads() throws IOException {
        Gate gate = new Gate();
        upstream.enqueue(Reply.chatStream("one", "two").gated(gate));
        try (RawClient stream = RawClient.connect(gateway.port())) {
            stream.post("/v1/chat/completions", "{\"model\":\"gpt-4o\",\"stream\":true,\"messages\":[]}");
            gate.release(2);
            stream.head();
            stream.event();
            List<CompletableFuture<Void>> clients = List.of(client(), client(), client());

            for (int i = 0; i < 100 || served.get() <= 100 && i < 1_000; i++) {
                Files.writeString(gateway.settingsFile(), settings(31 + i, false));
                assertThat(gateway.post("/config/reload", "").statusCode()).isEqualTo(200);
            }
            over.set(true);
            clients.forEach(CompletableFuture::join);

            gate.open();
            assertThat(stream.response().text()).endsWith("data: [DONE]\n\n");
        }
        assertThat(failures).isEmpty();
        assertThat(served.get()).isGreaterThan(100);
    }

    @Test
    void shouldApplyAConcurrentChangeAndReload() throws IOException {
        for (int i = 0; i < 20; i++) {
            Files.writeString(gateway.settingsFile(), settings(40 + i, false));
            String priority = "{\"priority\": " + (i + 1) + "}";
            CompletableFuture<Integer> change = CompletableFuture.supplyAsync(
                    () -> gateway.put("/admin/instances/only/config", priority).statusCode());
            CompletableFuture<Integer> reload = CompletableFuture.supplyAsync(() -> gateway.post("/config/reload", "").statusCode());

            assertThat(change.join()).isEqualTo(200);
            assertThat(reload.join()).isEqualTo(200);
            assertThat(gateway.get("/v1/instances/status").body()).contains("\"priority\":" + (i + 1), "\"weight\":" + (40 + i));
        }
    }

    @Test
    void shouldApplyAChangeOnDiskAndKeepTheSettingsAfterABrokenOne() throws IOException {
        gateway.close();
        gateway = TestGateway.start(settings(30, true));
        Files.writeString(gateway.settingsFile(), settings(77, true));
        awaitWeight(77);

        Files.writeString(gateway.settingsFile(), "instances: [ {");
        Files.writeString(gateway.settingsFile(), settings(78, true));
        awaitWeight(78);
    }

    private void awaitWeight(int weight) {
        Eventually.holds("the weight is " + weight, () -> gateway.get("/v1/instances/status").body().contains("\"weight\":" + weight));
    }

    private CompletableFuture<Void> client() {
        return CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                int status = gateway.chat("gpt-4o").statusCode();
                served.incrementAndGet();
                if (status != 200) {
                    synchronized (failures) {
                        failures.add(status);
                    }
                }
            }
        }, task -> new Thread(task).start());
    }
}
