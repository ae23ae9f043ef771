package dev.openaigateway.faults;

import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.Eventually;
import dev.openaigateway.support.Gate;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

import static org.assertj.core.api.Assertions.assertThat;

/** More and larger prompts than fit into the heap, sent at once to a gateway in its own process. */
@ProcessTest
class PromptFloodIT {

    private static final int CONNECTIONS = 100;

    private final ExecutorService clients = Executors.newFixedThreadPool(CONNECTIONS);

    @TempDir
    Path folder;

    @AfterEach
    void stopClients() {
        clients.shutdown();
    }

    @ParameterizedTest
    @CsvSource({"128m, 1400000, false", "256m, 1400000, true", "256m, 9000000, false"})
    void shouldRefuseRequestsThatDoNotFitAndRecover(String heap, int promptBytes, boolean chunked) throws Exception {
        Gate gate = new Gate();
        try (ScriptedUpstream upstream = ScriptedUpstream.start().respond(gate.holding(Reply.chat("from upstream")));
                GatewayProcess gateway = start(heap, upstream)) {
            byte[] request = request(promptBytes, chunked);
            List<Future<Integer>> statuses = flood(gateway, request);
            Eventually.holds("each request has a response or waits upstream", () -> hasArrived(statuses, upstream));
            gate.open();
            int served = 0;
            for (Future<Integer> status : statuses) {
                assertThat(status.get()).isIn(200, 503);
                served += status.get() == 200 ? 1 : 0;
            }

            assertThat(served).isPositive();
            assertThat(gateway.send().statusCode()).isEqualTo(200);
            Eventually.holds("no memory is held", () -> gateway.get("/metrics").contains("gateway_memory_held_bytes 0.0"));
            for (int i = 0; i < 20; i++) {
                assertThat(statusOf(gateway, request)).as("one after the other").isEqualTo(200);
            }
            assertThat(gateway.output()).noneMatch(line -> line.contains("OutOfMemoryError") || line.contains(" ERROR "));
        }
    }

    /** While the prompts arrive, while the memory is full of those that wait upstream, and while the responses are written. */
    @Test
    void shouldAnswerProbesMeanwhile() throws Exception {
        Gate gate = new Gate();
        try (ScriptedUpstream upstream = ScriptedUpstream.start().respond(gate.holding(Reply.chat("from upstream")));
                GatewayProcess gateway = start("128m", upstream)) {
            List<Future<Integer>> statuses = flood(gateway, request(1_400_000, false));
            while (!hasArrived(statuses, upstream)) {
                assertProbesAreAnswered(gateway);
            }
            assertThat(statuses).as("full memory").anyMatch(Future::isDone);
            assertThat(assertProbesAreAnswered(gateway)).doesNotContain("gateway_memory_held_bytes 0.0");
            gate.open();
            while (!statuses.stream().allMatch(Future::isDone)) {
                assertProbesAreAnswered(gateway);
            }
            assertThat(upstream.requests()).isNotEmpty();
        }
    }

    /** Records, statistics and what is known of instances keep the name when the memory of the request is released. */
    @Test
    void shouldKeepNoLongModelName() throws Exception {
        byte[] body = zipped("{\"messages\":[],\"model\":\"" + "x".repeat(6_000_000) + "\"}");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        request.writeBytes(body);
        try (ScriptedUpstream upstream = ScriptedUpstream.start(); GatewayProcess gateway = start("128m", upstream)) {
            for (int i = 0; i < 60; i++) {
                assertThat(statusOf(gateway, request.toByteArray())).isEqualTo(400);
            }
            assertThat(gateway.send().statusCode()).as("the next request").isEqualTo(200);
        }
    }

    private static byte[] zipped(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.US_ASCII));
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @CsvSource({"1000000, 200", "3000000, 200", "8000000, 503", "12000000, 503"})
    void shouldMakeAStreamOfALongResponseOnlyIfItFits(int length, int status) throws Exception {
        String output = "{\"id\":\"r\",\"status\":\"completed\",\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"%s\"}]}]}";
        try (ScriptedUpstream upstream = ScriptedUpstream.start().enqueue(Reply.json(200, output.formatted("x".repeat(length))));
                GatewayProcess gateway = start("128m", upstream);
                RawClient client = RawClient.connect(gateway.port()).post("/v1/responses", "{\"model\":\"gpt-4o\",\"input\":\"x\",\"stream\":true}")) {
            RawResponse response = client.response();

            assertThat(response.status()).isEqualTo(status);
            assertThat(response.text()).contains(status == 200 ? "event: response.completed" : "gateway_overloaded");
            assertThat(gateway.send().statusCode()).as("the next request").isEqualTo(200);
            assertThat(gateway.output()).noneMatch(line -> line.contains("OutOfMemoryError") || line.contains(" ERROR ") || line.contains("rule failed"));
        }
    }

    /** A rule may handle what its step throws. */
    @ParameterizedTest
    @CsvSource({"hog, platform-http:/hog, /hog", "routing, direct:routing, /v1/chat/completions"})
    void shouldExitWithStatus3WhenTheHeapIsExhausted(String route, String uri, String path) throws Exception {
        Checkout.cloneTo(folder);
        Files.writeString(folder.resolve("routes/" + route + ".camel.yaml"), """
                - route:
                    id: %s
                    from:
                      uri: %s
                      steps:
                        - doTry:
                            steps:
                              - setBody: { expression: { constant: { expression: "0123456789" } } }
                              - loop:
                                  expression: { constant: { expression: "40" } }
                                  steps:
                                    - setBody: { expression: { simple: { expression: "${body}${body}" } } }
                            doCatch:
                              - exception: [java.lang.Throwable]
                                steps:
                                  - setBody: { expression: { constant: { expression: "handled" } } }
                """.formatted(route, uri));
        try (GatewayProcess gateway = GatewayProcess.start(folder, Checkout.jar("-Xmx96m"))) {
            gateway.await("Camel OpenAI Gateway serves");
            try (RawClient client = RawClient.connect(gateway.port()).post(path, "{\"model\":\"gpt-4o\",\"messages\":[]}")) {
                assertThat(client.closedByPeer()).isTrue();
            }

            assertThat(gateway.awaitEnd()).isEqualTo(3);
            assertThat(gateway.output()).filteredOn(line -> line.contains("The gateway exits: out of memory. Restart it with a larger heap (-Xmx) or a smaller clients.body_memory.")).hasSize(1);
            assertThat(gateway.output()).noneMatch(line -> line.startsWith("\tat "));
        }
    }

    private GatewayProcess start(String heap, ScriptedUpstream upstream) throws Exception {
        Path settings = Files.writeString(folder.resolve("instances.yaml"), """
                rate_limit: { enabled: true, tpm: 1000000000 }
                instances:
                  - { name: only, provider_type: generic, api_key: key, api_base: "%s", model_deployments: { gpt-4o: other } }
                """.formatted(upstream.uri()));
        GatewayProcess gateway = GatewayProcess.start(folder, Checkout.gateway(settings, "-Xmx" + heap));
        gateway.await("Camel OpenAI Gateway serves");
        return gateway;
    }

    /** Returns the metrics. */
    private static String assertProbesAreAnswered(GatewayProcess gateway) {
        String text = "";
        for (String path : List.of("/health/live", "/health/ready", "/metrics")) {
            try (RawClient probe = RawClient.connect(gateway.port()).get(path)) {
                RawResponse response = probe.response();
                assertThat(response.status()).as(path).isEqualTo(200);
                text = response.text();
            }
        }
        return text;
    }

    private List<Future<Integer>> flood(GatewayProcess gateway, byte[] request) {
        return IntStream.range(0, CONNECTIONS).mapToObj(each -> clients.submit(() -> statusOf(gateway, request))).toList();
    }

    private static boolean hasArrived(List<Future<Integer>> statuses, ScriptedUpstream upstream) {
        return statuses.stream().filter(Future::isDone).count() + upstream.requests().size() >= CONNECTIONS;
    }

    private static int statusOf(GatewayProcess gateway, byte[] request) {
        try (RawClient client = RawClient.connect(gateway.port()).send(request)) {
            RawResponse response = client.response();
            if (response.status() == 503) {
                assertThat(response.headers().first("retry-after")).isEqualTo("1");
            }
            return response.status();
        }
    }

    private static byte[] request(int promptBytes, boolean chunked) {
        String prompt = "lorem ipsum dolor sit amet ".repeat(promptBytes / 27);
        String body = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]}";
        String length = chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + body.length();
        String sent = chunked ? Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n" : body;
        return ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + length + "\r\n\r\n" + sent)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
