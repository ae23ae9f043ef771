package dev.openaigateway.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.openaigateway.support.CamelCli;
import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.FreePort;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RawClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

/** What Camel's own tools see of a gateway from the jar: its command line in the profile {@code dev}, and the management port. */
@ProcessTest
class CamelToolsIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    @TempDir
    private static Path home;

    private static final int MANAGEMENT = FreePort.next();
    private static GatewayProcess gateway;
    private static List<String> cli;

    @BeforeAll
    static void start(@TempDir Path scratch) throws Exception {
        gateway = GatewayProcess.start(folder, Checkout.jar("-Duser.home=" + home, "-Dcamel.main.profile=dev", "-Dcamel.trace.enabled=true",
                "-Dcamel.management.enabled=true", "-Dcamel.management.devConsoleEnabled=true", "-Dcamel.management.port=" + MANAGEMENT));
        cli = new ArrayList<>(CamelCli.command(scratch, List.of()));
        cli.add(1, "-Duser.home=" + home);
        gateway.await("Camel OpenAI Gateway serves");
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    @Test
    void shouldNotStartWithoutItsManagementPort(@TempDir Path other) throws Exception {
        try (GatewayProcess second = GatewayProcess.start(other, Checkout.jar("-Dcamel.management.enabled=true", "-Dcamel.management.port=" + MANAGEMENT))) {
            assertThat(second.awaitEnd()).isEqualTo(1);
            assertThat(second.output()).singleElement().asString().contains("Cannot listen on 127.0.0.1:" + MANAGEMENT + ": Address already in use. Set MANAGEMENT_PORT");
        }
    }

    /** The output of a command of Camel's command line. */
    private static String camel(String... args) {
        try {
            List<String> command = new ArrayList<>(cli);
            command.addAll(List.of(args));
            Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return output;
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void shouldBeSeenByTheCommandLine() throws Exception {
        gateway.send();
        Eventually.holds("the connector has seen the rules", CamelToolsIT::hasRules);
        CompletableFuture<String> processes = CompletableFuture.supplyAsync(() -> camel("ps"));
        CompletableFuture<String> top = CompletableFuture.supplyAsync(() -> camel("top"));

        assertThat(camel("get", "route", "--limit=200")).contains("routing", "platform-http:///v1/chat/completions");
        assertThat(processes.join()).contains("openai-gateway");
        assertThat(top.join()).contains("openai-gateway");
    }

    @Test
    void shouldTraceTheRoutesOfARequest() throws Exception {
        gateway.send();
        Eventually.holds("the connector has the traces of the request", () -> written("-trace.json").contains("\"routing\""));

        assertThat(camel("trace", "openai-gateway", "--action=dump", "--follow=false")).contains("routing");
    }

    @Test
    void shouldServeHealthMetricsAndConsolesOnTheManagementPort() throws Exception {
        gateway.send();

        assertThat(read("/observe/health")).contains("gateway-instances", "gateway-redis", "gateway-rules").contains("\"status\":\"UP\"");
        assertThat(read("/observe/health/ready")).contains("UP").doesNotContain("gateway-instances");
        assertThat(read("/observe/metrics")).contains("app_info{", "camel_exchanges_total{", "gateway_requests_total{", "gateway_instances_available{");
        assertThat(json("/q/dev/instances").findValuesAsText("name")).contains("demo-azure", "demo-generic");
        assertThat(json("/q/dev/limits").at("/limits/limits").isArray()).isTrue();
        assertThat(json("/q/dev/explain?model=gpt-4o").at("/explain/candidates/0/instance").asText()).isEqualTo("demo-azure");
    }

    /** The first states that the connector writes are those of a context that is starting. */
    private static boolean hasRules() {
        try {
            return StreamSupport.stream(JSON.readTree(written("-status.json")).path("routes").spliterator(), false).anyMatch(route ->
                    route.path("routeId").asText().equals("routing") && route.path("state").asText().equals("Started"));
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** The files of this kind that the connector has written; empty while there are none. */
    private static String written(String kind) {
        try (Stream<Path> files = Files.list(Files.createDirectories(home.resolve(".camel")))) {
            StringBuilder text = new StringBuilder();
            for (Path file : files.filter(each -> each.toString().endsWith(kind)).toList()) {
                text.append(Files.readString(file));
            }
            return text.toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String read(String path, String... headers) {
        try (RawClient client = RawClient.connect(MANAGEMENT).request("GET", path, new byte[0], headers)) {
            return client.response().text();
        }
    }

    private static JsonNode json(String path) throws IOException {
        return JSON.readTree(read(path, "Accept: application/json"));
    }
}
