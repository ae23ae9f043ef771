package dev.openaigateway.images;

import dev.openaigateway.support.Checkout;
import dev.openaigateway.support.GatewayProcess;
import dev.openaigateway.support.ProcessTest;
import dev.openaigateway.support.RawClient;
import dev.openaigateway.support.RawResponse;
import dev.openaigateway.support.Reply;
import dev.openaigateway.support.ScriptedUpstream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;

/** More images that become links than fit into the heap of a gateway in its own process. */
@ProcessTest
class ImageFloodIT {

    private static final String REQUEST = "{\"model\":\"gpt-4o\",\"prompt\":\"x\",\"response_format\":\"url\"}";
    private static final String IMAGE = "{\"b64_json\":\"" + "A".repeat(4_000_000) + "\"}";

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"128m, 1, 1, 60", "256m, 8, 6, 3", "256m, 16, 1, 6"})
    void shouldRefuseImagesThatDoNotFitAndGoOn(String heap, int connections, int images, int each) throws Exception {
        String response = "{\"data\":[" + IMAGE + ("," + IMAGE).repeat(images - 1) + "]}";
        try (ScriptedUpstream upstream = ScriptedUpstream.start().respond(Reply.json(200, response)); GatewayProcess gateway = start(heap, upstream)) {
            ExecutorService clients = Executors.newFixedThreadPool(connections);
            List<Future<Integer>> served = new ArrayList<>();
            for (int i = 0; i < connections * each; i++) {
                served.add(clients.submit(() -> paint(gateway)));
            }
            int links = 0;
            for (Future<Integer> one : served) {
                links += one.get();
            }
            clients.shutdown();

            assertThat(links).isPositive();
            upstream.respond(Reply.chat("from upstream"));
            assertThat(gateway.send().statusCode()).as("the next request").isEqualTo(200);
            assertThat(gateway.output()).noneMatch(line -> line.contains("out of memory") || line.contains(" ERROR "));
        }
    }

    /** The number of links in the response. */
    private static int paint(GatewayProcess gateway) {
        try (RawClient client = RawClient.connect(gateway.port()).post("/v1/images/generations", REQUEST)) {
            RawResponse response = client.response();
            if (response.status() == 503) {
                assertThat(response.headers().first("retry-after")).isEqualTo("1");
                return 0;
            }
            assertThat(response.status()).as(response.text()).isEqualTo(200);
            return response.text().split("/v1/images/data/", -1).length - 1;
        }
    }

    private GatewayProcess start(String heap, ScriptedUpstream upstream) throws Exception {
        Path settings = Files.writeString(folder.resolve("instances.yaml"), """
                instances:
                  - { name: only, provider_type: generic, api_key: key, api_base: "%s" }
                """.formatted(upstream.uri()));
        GatewayProcess gateway = GatewayProcess.start(folder, Checkout.gateway(settings, "-Xmx" + heap));
        gateway.await("Camel OpenAI Gateway serves");
        return gateway;
    }
}
