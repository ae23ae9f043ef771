package dev.openaigateway.reload.live;

import dev.openaigateway.support.GatewayFolder;
import dev.openaigateway.support.GatewayTest;
import dev.openaigateway.support.OneRoute;
import dev.openaigateway.support.ScriptedUpstream;
import dev.openaigateway.support.TestGateway;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests {@code direct:routing}, which forwards to the active version of the rules. */
@GatewayTest
class EntryPointsTest {

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final GatewayFolder folder = GatewayFolder.copy();
    private TestGateway gateway;

    private TestGateway.Builder builder() {
        return TestGateway.builder().folder(folder.path()).settings("""
                admin: { watch_files: false }
                instances: [ { name: east, provider_type: generic, api_key: k, api_base: "%s" } ]
                """.formatted(upstream.uri()));
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
        upstream.close();
    }

    @Test
    void shouldForwardRequestsInTheSameThread() throws IOException {
        List<Thread> threads = Collections.synchronizedList(new ArrayList<>());
        String steps = Files.readString(folder.path().resolve("routes/gateway.camel.yaml"));
        folder.write("routes/gateway.camel.yaml", steps.replace("        - to:\n", "        - process: { ref: seen }\n        - to:\n"));
        folder.rules(OneRoute.of("- process: { ref: seen }\n- to: { uri: \"instance:east\" }\n"));
        gateway = builder().bean("seen", (Processor) exchange -> threads.add(Thread.currentThread())).start();

        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);
        folder.rules(OneRoute.of("- process: { ref: seen }\n- to: { uri: \"instance:*\" }\n"));
        assertThat(gateway.post("/config/reload", "").body()).contains("new rules");
        assertThat(gateway.chat("gpt-4o").statusCode()).isEqualTo(200);

        assertThat(threads).hasSize(4);
        assertThat(threads.get(1)).isEqualTo(threads.get(0));
        assertThat(threads.get(3)).isEqualTo(threads.get(2));
    }

    @Test
    void shouldReturn500WhenARuleThrows() {
        folder.rules(OneRoute.of("- throwException: { exceptionType: java.lang.IllegalStateException, message: no rule applies }\n"));
        gateway = builder().start();

        HttpResponse<String> response = gateway.chat("gpt-4o");

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).contains("\"code\":\"rule_error\"", "no rule applies").doesNotContain("IllegalStateException");
        assertThat(gateway.get("/admin/route?model=gpt-4o").body()).contains("\"status\":500");
    }

    @Test
    void shouldKeepTheRouteIdsOfTheFirstVersion() {
        gateway = builder().start();

        assertThat(gateway.main().getCamelContext().getRoutes()).extracting(Route::getId).contains("routing").doesNotContain("routing--1");
    }

    @Test
    void shouldRefuseToStartWithTwoRulesFiles() throws IOException {
        Files.createDirectory(folder.path().resolve("more"));
        folder.write("more/routing.camel.yaml", OneRoute.of("- to: { uri: \"instance:east\" }\n"));
        String both = "file:" + folder.path() + "/routes/*.camel.yaml,file:" + folder.path() + "/more/*.camel.yaml";

        assertThatThrownBy(() -> builder().property("camel.main.routesIncludePattern", both).start().close())
                .hasStackTraceContaining("two files routing.camel.yaml").hasStackTraceContaining("more/routing.camel.yaml");
    }
}
