package dev.openaigateway.reload;

import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.Route;
import org.apache.camel.support.LifecycleStrategySupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** A reload takes as long as its routes, queues and Redis take. What happens beside it must not wait for that. */
@GatewayTest
class HeldReloadTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final GatewayFolder folder = GatewayFolder.copy();
    private final Gate gate = new Gate();
    private final CompletableFuture<Void> held = new CompletableFuture<>();
    private TestGateway gateway;

    @BeforeEach
    void startGateway() {
        gateway = TestGateway.builder().folder(folder.path()).variable("DEMO", "true").settings("""
                host: 0.0.0.0
                admin: { watch_files: false }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(upstream.uri())).start();
        gateway.main().getCamelContext().addLifecycleStrategy(new LifecycleStrategySupport() {
            @Override
            public void onRoutesAdd(Collection<Route> routes) {
                try {
                    held.complete(null);
                    gate.pass();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }

    @AfterEach
    void stopGateway() {
        gate.open();
        gateway.close();
        upstream.close();
    }

    @Test
    void shouldAnswerProbesAndPagesWhileNewRulesAreActivated() {
        folder.rules(OneRoute.to("instance:east"));
        CompletableFuture<Integer> reload = CompletableFuture.supplyAsync(() -> gateway.post("/config/reload", "").statusCode());
        held.join();

        List<CompletableFuture<HttpResponse<String>>> answers = Stream.of("/health/ready", "/admin/warnings", "/config", "/admin/rules", "/admin/instances")
                .map(path -> CompletableFuture.supplyAsync(() -> gateway.get(path), task -> new Thread(task).start())).toList();

        Eventually.holds("all are answered", () -> answers.stream().allMatch(CompletableFuture::isDone));
        assertThat(answers).allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(200));
        assertThat(reload).isNotDone();
        gate.open();
        assertThat(reload.join()).isEqualTo(200);
    }
}
